/**
 * Whether a reading may take the place of what is stored, in an upsert of `t`: an older one never does. Readings are
 * ordered by our clock when they were asked for. One call lasts two minutes at most, so a stored instant that is further
 * ahead is of a clock that was wrong (a server's, in rows of an earlier release; a worker's before it was set), not of
 * a newer reading.
 */
export const NOT_OLDER = `(t.read_at <= excluded.read_at or t.read_at > excluded.read_at + interval '5 minutes')`;
