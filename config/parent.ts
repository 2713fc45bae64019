/** What the one who starts a process of ours sets in its environment; see `exitWithParent`. */
export const SUPERVISED = { TIMEBRIDGE_SUPERVISED: '1' } as const;

/**
 * Ends this process when the one that started it is gone, also when that was killed without a chance to say so:
 * the pipe at our standard input closes with it. Does nothing for a process that was started by hand.
 */
export function exitWithParent(stop: () => void): void {
  if (process.env['TIMEBRIDGE_SUPERVISED'] !== '1') return;
  // Without a reader our output fails with EPIPE, which would end us before `stop` has done its work.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.stdin.on('end', stop).on('error', stop).resume();
}
