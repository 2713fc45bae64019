import type { Run } from '../../../api/runs/run-shape.contract';

type Look = {
  readonly icon: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly spin?: boolean;
};

const LOOKS: Readonly<Record<Run['state'], Look>> = {
  running: { icon: 'i-lucide-loader-circle', tone: 'plain', spin: true },
  completed: { icon: 'i-lucide-circle-check', tone: 'good' },
  stopped: { icon: 'i-lucide-circle-stop', tone: 'plain' },
  failed: { icon: 'i-lucide-circle-x', tone: 'bad' },
  target_paused: { icon: 'i-lucide-circle-pause', tone: 'warn' },
};

/** Icon and tone of a run's state; the word stands beside it. */
export const lookOf = (state: Run['state']): Look => LOOKS[state];

/** How long a run took, or has been going on at `now`; in whole seconds, never below zero. */
export function runSeconds(run: Pick<Run, 'startedAt' | 'finishedAt'>, now: Date): number {
  const end = run.finishedAt === null ? now.getTime() : Date.parse(run.finishedAt);
  return Math.max(0, Math.round((end - Date.parse(run.startedAt)) / 1000));
}

/** `8 s`, `2:05 min`, `1:02:05 h`: runs are short, so seconds count. */
export function formatRunTime(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}\u00a0min`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}\u00a0h`;
}

export const PHASES = ['fetching', 'reconciling', 'applying'] as const;

/** Where a phase stands in a run: a run that broke off never began the phases after the one it was in. */
export function phaseState(
  run: Pick<Run, 'state' | 'phase'>,
  phase: (typeof PHASES)[number],
): 'done' | 'now' | 'open' {
  if (run.phase === 'finished')
    return run.state === 'completed' || run.state === 'target_paused' ? 'done' : 'open';
  const place = PHASES.indexOf(phase);
  const current = PHASES.indexOf(run.phase);
  if (place < current) return 'done';
  return place === current ? 'now' : 'open';
}

export const COUNTERS = [
  'read',
  'changed',
  'rowsRead',
  'rowsChanged',
  'tickets',
  'agreed',
  'waiting',
  'asked',
  'skipped',
  'pending',
  'beforeStart',
  'planned',
  'customersCreated',
  'written',
  'refused',
  'dropped',
] as const;
export type Counter = (typeof COUNTERS)[number];

/** Parts of the line above them. */
export const PART_COUNTERS: readonly Counter[] = ['changed', 'rowsChanged'];

/** Where the entries of a counter are listed; undefined for what has no list of its own. */
export function counterLink(counter: Counter, bridge: string): string | undefined {
  switch (counter) {
    case 'waiting':
    case 'asked':
      return `/inbox?bridge=${bridge}`;
    case 'written':
    case 'refused':
      return '#run-writes';
    case 'agreed':
    case 'skipped':
      return `/entries?bridge=${bridge}&state=${counter}`;
    case 'pending':
      return `/entries?bridge=${bridge}&state=underway`;
    case 'beforeStart':
      return `/entries?bridge=${bridge}&state=before_start`;
    default:
      return undefined;
  }
}
