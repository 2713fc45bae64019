/** One measurement: wall time is what a user waits, CPU time what the work costs while the machine does other things. */
export type Timing = { readonly wallMs: number; readonly cpuMs: number };

/** Runs the work once and measures it. CPU time is that of all threads of this process. */
export function timed<T>(work: () => T): Timing & { readonly result: T } {
  const before = process.cpuUsage();
  const from = performance.now();
  const result = work();
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000, result };
}

/** Of an even number of values the mean of the middle two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** From the smallest to the largest value, as a share of the median. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);

/**
 * The exponent of cost ∝ size^exponent that fits best (least squares of the logarithms): 1 is linear, 2 quadratic.
 * Needs at least two sizes.
 */
export function fittedExponent(points: readonly { readonly size: number; readonly cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (of: 'x' | 'y'): number => logs.reduce((sum, log) => sum + log[of], 0) / logs.length;
  const [meanX, meanY] = [mean('x'), mean('y')];
  const together = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return together / logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}
