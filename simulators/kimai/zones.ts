/** Civil time, as a number of seconds since 1970 read as if it were UTC. */
export type LocalSeconds = number;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const QUARTER = 900;

/** Offset of a zone from UTC at an instant, in seconds. Offsets change at quarter hours only, hence the cache. */
export function offsetAt(zone: string, instant: number): number {
  const slot = Math.floor(instant / QUARTER);
  let known = offsets.get(zone);
  if (known === undefined) offsets.set(zone, (known = new Map<number, number>()));
  let offset = known.get(slot);
  if (offset === undefined) {
    if (known.size > 200_000) known.clear();
    known.set(slot, (offset = computeOffset(zone, slot * QUARTER)));
  }
  return offset;
}

function computeOffset(zone: string, instant: number): number {
  if (zone === 'UTC') return 0;
  let format = formats.get(zone);
  if (format === undefined)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })),
    );
  const name =
    format.formatToParts(instant * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name) ?? [];
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

/** Civil time of an instant. */
export function toLocal(zone: string, instant: number): LocalSeconds {
  return instant + offsetAt(zone, instant);
}

/**
 * Instant of a civil time, by PHP's rules: a time inside a spring gap moves forward; of two passes in autumn it takes
 * the second east of Greenwich and the first west of it (timelib, `timelib_get_time_zone_info`).
 */
export function toInstant(zone: string, local: LocalSeconds): number {
  const current = offsetAt(zone, local);
  const after = offsetAt(zone, local - current);
  const inTransition = after > current && offsetAt(zone, local - after) !== after;
  return local - (current !== after && !inTransition ? after : current);
}

/** `2026-03-02T09:00:00+0100`: offset without a colon, no fraction. */
export function formatInstant(zone: string, instant: number): string {
  const offset = offsetAt(zone, instant);
  const size = Math.abs(offset);
  const two = (n: number) => String(n).padStart(2, '0');
  const text = new Date((instant + offset) * 1000).toISOString().slice(0, 19);
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${two(Math.floor((size % 3600) / 60))}`;
}

/** Day of an instant in a zone, `YYYY-MM-DD`. */
export function dayOf(zone: string, instant: number): string {
  return new Date(toLocal(zone, instant) * 1000).toISOString().slice(0, 10);
}

/** English weekday in lower case. */
export function weekdayOf(zone: string, instant: number): string {
  const day = new Date(toLocal(zone, instant) * 1000).getUTCDay();
  return ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][day] ?? 'sunday';
}

/** First second of a day in a zone. */
export function startOfDay(zone: string, day: string): number {
  return toInstant(zone, Date.parse(`${day}T00:00:00Z`) / 1000);
}

/** Query form `YYYY-MM-DDTHH:mm:ss`, exactly; undefined for anything else, also for days that do not exist. */
export function parseStrict(text: string): LocalSeconds | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== text) return undefined;
  return ms / 1000;
}

const BODY_FORM = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d*)?)?\s*(\S+)?$/;

/**
 * Date-time of a form field, as Symfony's HTML5 transformer takes it: local to `zone`, or an exact instant when it
 * carries an offset or a zone; seconds and a fraction are optional; 24:00 is the next day. Undefined when refused.
 */
export function parseLenient(zone: string, given: string): number | undefined {
  const parts = BODY_FORM.exec(given.trim());
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  const real = new Date(midnight);
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return undefined;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const local = midnight / 1000 + hour * 3600 + minute * 60 + second;
  const place = parts[7];
  if (place === undefined) return toInstant(zone, local);
  const offset = offsetSeconds(place);
  if (offset !== undefined) return local - offset;
  return isZone(place) ? toInstant(place, local) : undefined;
}

const NAMED_OFFSETS: Readonly<Record<string, number>> = {
  ...{ z: 0, utc: 0, gmt: 0, wet: 0, west: 3600, bst: 3600, cet: 3600, cest: 7200, eet: 7200, eest: 10_800 },
  ...{ est: -18_000, edt: -14_400, cst: -21_600, cdt: -18_000, mst: -25_200, mdt: -21_600 },
  ...{ pst: -28_800, pdt: -25_200 },
};

/** `Z`, `CET`, `+02:00`, `+0200`, `+02`, `+1`, `+123` (1:23), as PHP reads them. */
function offsetSeconds(text: string): number | undefined {
  const named = NAMED_OFFSETS[text.toLowerCase()];
  if (named !== undefined) return named;
  const parts = /^([+-])(?:(\d{1,2}):(\d{1,2})(?::(\d{2}))?|(\d{1,2})|(\d{1,2})(\d{2}))$/.exec(text);
  if (parts === null) return undefined;
  const [, sign, h1, m1, s1, h3, h2, m2] = parts;
  const size = Number(h1 ?? h2 ?? h3 ?? 0) * 3600 + Number(m1 ?? m2 ?? 0) * 60 + Number(s1 ?? 0);
  if (size > 86_400) return undefined;
  return sign === '-' ? -size : size;
}

/** Whether a name is a time zone of the tz database, spelt as it is there. */
export function isZone(name: string): boolean {
  if (name === 'UTC') return true;
  if (!/^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_+\-0-9]+)+$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
