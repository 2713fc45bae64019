/** A time of day (`HH:mm`, 24 hours) as people write it, with or without its minutes; null for what is none. */
export function parseTime(text: string): string | null {
  const written = text.trim().toLowerCase();
  const clock = /^(\d{1,2})(?:[:.h]?(\d{2}))?(?:\s*uhr)?(?:\s*([ap])\.?m\.?)?$/.exec(written);
  if (!clock) return null;
  const [hour, minute, half] = [Number(clock[1]), Number(clock[2] ?? 0), clock[3]];
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  if (hours > 23 || minute > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
