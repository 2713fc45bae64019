/** As many answers as all days of a long past need; above that it starts anew, so that a long-lived worker stays small. */
const MOST_ANSWERS = 20_000;

/** A pure function that looks each answer up only once: entries share few days, and calendars are slow. */
export function memoized<Key, Answer extends object | string>(
  find: (key: Key) => Answer,
  mostAnswers = MOST_ANSWERS,
): (key: Key) => Answer {
  const known = new Map<Key, Answer>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(key);
    if (known.size >= mostAnswers) known.clear();
    known.set(key, found);
    return found;
  };
}
