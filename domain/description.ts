import type { TimeEntry } from './time-entry.js';

/** Kimai's column holds 65,535 bytes; one more is answered with 500 (kimai-api.md, section 3). */
export const MAX_DESCRIPTION_BYTES = 65_535;

const PLACEHOLDERS: Readonly<Record<string, (entry: TimeEntry) => string | null>> = {
  'ticket.number': (entry) => entry.ticketNumber,
  'ticket.title': (entry) => entry.ticketTitle,
  type: (entry) => entry.activityTypeName,
  person: (entry) => entry.userName,
  organization: (entry) => entry.organizationName,
};

/** Our one line without its marker. Unknown placeholders stay as they are, so that a typing error is seen. */
export function renderTemplate(template: string, entry: TimeEntry): string {
  const filled = template.replace(/\{([a-z.]+)\}/g, (whole, name: string) =>
    name in PLACEHOLDERS ? (PLACEHOLDERS[name]?.(entry) ?? '') : whole,
  );
  // One line, and no text of a ticket may look like a marker of ours.
  return filled.replaceAll('[tb-', '(tb-').replace(/\s+/g, ' ').trim();
}

/** Our line with the marker at its end, never longer than Kimai can hold. */
export function ownLine(text: string, marker: string | null, maxBytes = MAX_DESCRIPTION_BYTES): string {
  if (marker === null) return cutToBytes(text, maxBytes);
  const room = maxBytes - byteLength(marker) - 1;
  const kept = cutToBytes(text, room).trimEnd();
  return kept === '' ? marker : `${kept} ${marker}`;
}

/**
 * What a description becomes with a write: our line is exchanged where the marker stands (or put first when it
 * was removed); every other line is people's and survives. `text` null keeps the words of our line as they are.
 */
export function mergeDescription(
  current: string | null,
  ours: { readonly text: string | null; readonly fallback: string; readonly marker: string | null },
): string {
  const { marker } = ours;
  if (marker === null) return current ?? ownLine(ours.text ?? ours.fallback, null);
  const lines = (current ?? '').split('\n');
  const at = lines.findIndex((line) => line.includes(marker));
  if (at >= 0 && ours.text === null) return current ?? '';
  const others =
    at >= 0 ? lines.filter((_, index) => index !== at) : lines.filter((line) => line !== ours.fallback);
  const rest = others.join('\n').trim();
  const room = MAX_DESCRIPTION_BYTES - (rest === '' ? 0 : byteLength(rest) + 1);
  // Words that people wrote behind our marker are theirs, even on our line.
  const tail = lines[at]?.slice((lines[at]?.indexOf(marker) ?? 0) + marker.length) ?? '';
  const line =
    ownLine(ours.text ?? ours.fallback, marker, Math.max(room - byteLength(tail), byteLength(marker))) + tail;
  // Where our line says all that already, nothing around it is tidied up either.
  if (at >= 0 && line === lines[at]) return current ?? '';
  if (rest === '') return line;
  const before = others.slice(0, Math.max(at, 0)).join('\n');
  const after = at >= 0 ? others.slice(at).join('\n') : rest;
  return cutToBytes([before, line, after].filter((part) => part !== '').join('\n'), MAX_DESCRIPTION_BYTES);
}

const encoder = new TextEncoder();

const byteLength = (text: string): number => encoder.encode(text).length;

function cutToBytes(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > maxBytes) break;
    cut += character;
  }
  return cut;
}
