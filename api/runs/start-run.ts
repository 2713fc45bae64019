import { findBridge } from '../../db/stores/bridges.js';
import { listRuns } from '../../db/stores/runs-view.js';
import { workflowIds } from '../../workflows/messages.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { workflowUrl } from '../links.js';
import { confirmFirstRun } from './confirm-first-run.js';
import { startRun } from './start-run.contract.js';

export const startRunEndpoint = endpoint(
  startRun,
  async ({ db, gateway, settings }, { params, body, actor }) => {
    const { bridgeId } = params;
    const bridge = await findBridge({ db, tx: null }, bridgeId);
    if (!bridge) throw notFound('bridge');
    if (bridge.mode === 'off') {
      throw new Problem(
        409,
        'bridge-off',
        'This bridge is switched off; set its mode to shadow or live first',
      );
    }
    if (bridge.pausedCause !== null) {
      throw new Problem(
        409,
        'bridge-paused',
        'This bridge is paused; look at the cause and resume it first',
        {
          cause: bridge.pausedCause,
        },
      );
    }
    if (body.confirmFirstRun === true) await confirmFirstRun({ db }, bridgeId, actor);
    const trigger = actor.tokenId === null ? 'person' : 'cli';
    // A bridge that never ran knows no catalogue yet: its first run reads everything.
    const full =
      body.full ||
      (await listRuns({ db, tx: null }, { bridge: bridgeId }, { offset: 0, limit: 1 })).total === 0;
    const outcome = await orUnavailable(
      gateway.startRun({ bridgeId, trigger, triggeredBy: actor.userId, full }),
    );
    if (outcome === 'running') {
      throw new Problem(409, 'run-running', 'A run of this bridge is under way; wait for it or stop it');
    }
    const workflowId = workflowIds.syncRun(bridgeId);
    return { workflowId, workflowUrl: workflowUrl(settings, workflowId) };
  },
);
