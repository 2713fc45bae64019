/** Does something with each item, at most `most` at a time. The first failure ends it, after those under way. */
export async function inFlight<T>(
  most: number,
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const item of left) {
      if (failed) return;
      try {
        await act(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: most }, lane));
  for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason;
}
