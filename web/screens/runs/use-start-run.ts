import { startRun } from '../../../api/runs/start-run.contract';
import { toProblem } from '../../api/problem';
import { usePendingDecisions } from '../../data/pending-decisions';
import { useWrite } from '../../data/use-write';
import { useT, type MessageKey } from '../../i18n/use-t';

type BridgeName = { readonly id: string; readonly name: string };

const REFUSALS: Readonly<Record<string, MessageKey>> = {
  'run-running': 'runs.alreadyRunning',
  'bridge-off': 'runs.bridgeOff',
  'bridge-paused': 'runs.bridgePaused',
};

/** Starts a run of a bridge, and says in words why one cannot be started now. */
export function useStartRun() {
  const t = useT();
  const { say } = usePendingDecisions();
  let asked: BridgeName = { id: '', name: '' };
  const { mutate, isPending } = useWrite(startRun, {
    changes: ['runs', 'status', 'bridges'],
    done: () => t('runs.started', { bridge: asked.name }),
    onError: (error) => {
      const key = REFUSALS[toProblem(error).code];
      if (key) say('bad', t(key, { bridge: asked.name }));
      return key !== undefined;
    },
  });
  const start = (bridge: BridgeName, full = false) => {
    asked = bridge;
    mutate({ params: { bridgeId: bridge.id }, body: { full } });
  };
  return { start, starting: isPending };
}
