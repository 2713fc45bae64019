const MORNING = 8;

/** Mornings a case can come back on, in the zone of the browser, as instants. */
export function snoozeDays(now: Date): { tomorrow: string; monday: string; month: string } {
  const at = (year: number, month: number, day: number) => new Date(year, month, day, MORNING).toISOString();
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return {
    tomorrow: at(year, month, day + 1),
    monday: at(year, month, day + toMonday),
    month: at(year, month + 1, 1),
  };
}
