import { isDeepStrictEqual } from 'node:util';

/** The members of `wanted` that `now` has otherwise. What `wanted` leaves out is as it should be. */
export function differing<T extends object>(wanted: T, now: object): Partial<T> {
  const values = new Map<string, unknown>(Object.entries(now));
  const changes: Partial<T> = { ...wanted };
  for (const name in changes) {
    if (changes[name] === undefined || isDeepStrictEqual(changes[name], values.get(name)))
      delete changes[name];
  }
  return changes;
}

export const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
