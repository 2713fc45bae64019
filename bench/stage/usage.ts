import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/* What processes cost, as the kernel counts it. Linux alone has /proc; elsewhere there is nothing to tell. */

export const PARTS = ['api', 'worker', 'temporal', 'postgres'] as const;
export type Part = (typeof PARTS)[number];

export type Usage = {
  /** Processor time of user and kernel together, in seconds. */
  readonly cpuSeconds: number;
  /** The most memory a process of this part held (of PostgreSQL: the largest backend), in MB. */
  readonly peakMb: number;
};
export type UsageOf = Readonly<Record<Part, Usage>>;

type Process = { readonly pid: number; readonly parent: number; readonly command: string };

const TICKS_A_SECOND = 100;

/** All processes below `root`, also those in process groups of their own. */
function below(root: number): readonly Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const found = all.filter(({ pid }) => pid === root);
  for (let at = 0; at < found.length; at += 1)
    found.push(...all.filter(({ parent }) => parent === found[at]?.pid));
  return found;
}

function readProcess(pid: number): readonly Process[] {
  try {
    const parent = Number(statOf(pid)[1]);
    return [{ pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
  } catch {
    return []; // gone meanwhile
  }
}

/** The fields of /proc/<pid>/stat after the name, which may hold spaces: state, parent, … */
function statOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function partOf({ command }: Process): Part | undefined {
  if (command.includes('/api/main.')) return 'api';
  if (command.includes('/worker/main.')) return 'worker';
  if (command.includes('start-dev')) return 'temporal';
  return command.includes('stack/main.') || !command.includes('postgres') ? undefined : 'postgres';
}

/** CPU seconds since the process began, with those of its children that have ended. */
function cpuOf(pid: number): number {
  try {
    const fields = statOf(pid);
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Lets the kernel's memory of the highest usage begin anew. */
function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    return; // not ours, or gone: its peak is that of its whole life
  }
}

function usageNow(root: number): UsageOf {
  const processes = below(root);
  const of = (part: Part): Usage => {
    const pids = processes.filter((process) => partOf(process) === part).map(({ pid }) => pid);
    return {
      cpuSeconds: pids.reduce((sum, pid) => sum + cpuOf(pid), 0),
      peakMb: Math.round(Math.max(0, ...pids.map(peakOf))),
    };
  };
  return { api: of('api'), worker: of('worker'), temporal: of('temporal'), postgres: of('postgres') };
}

/** Begins to measure all processes below `root`; the returned function tells what they cost since. */
export function meter(root: number): () => UsageOf {
  const before = usageNow(root);
  for (const { pid } of below(root)) forgetPeak(pid);
  return () => {
    const after = usageNow(root);
    const since = (part: Part): Usage => ({
      peakMb: after[part].peakMb,
      cpuSeconds: Math.max(0, after[part].cpuSeconds - before[part].cpuSeconds),
    });
    return {
      ...{ api: since('api'), worker: since('worker') },
      ...{ temporal: since('temporal'), postgres: since('postgres') },
    };
  };
}
