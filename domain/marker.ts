/** Our back-reference in a timesheet's description (books.md, "Links"). `sequence` 1 is the main row. */
export type Marker = { readonly code: string; readonly sourceId: string; readonly sequence: number };

// Lower-case letters, digits and hyphens only: Kimai's `term` search gives other characters a meaning.
const MARKER = /\[tb-([a-z0-9]+)-([a-z0-9]+)(?:-([0-9]+))?\]/g;

/** `[tb-<code>-<entry id>]`, for correction rows `[tb-<code>-<entry id>-2]`, `-3`, … */
export function formatMarker(marker: Marker): string {
  const suffix = marker.sequence > 1 ? `-${marker.sequence}` : '';
  return `[tb-${marker.code}-${marker.sourceId}${suffix}]`;
}

/** All markers in a text, of any bridge and installation, in the order they stand there. */
export function findMarkers(text: string | null): readonly Marker[] {
  if (!text?.includes('[tb-')) return [];
  return [...text.matchAll(MARKER)].map(([, code = '', sourceId = '', sequence]) => ({
    code,
    sourceId,
    sequence: sequence === undefined ? 1 : Number(sequence),
  }));
}

/** Exact: the search of the target also finds longer ids that begin alike. */
export const carriesMarker = (text: string | null, marker: string): boolean =>
  text?.includes(marker) ?? false;

/** True when the row says it belongs to something else than this entry of this bridge. */
export const hasForeignMarker = (text: string | null, own: { code: string; sourceId: string }): boolean =>
  findMarkers(text).some((marker) => marker.code !== own.code || marker.sourceId !== own.sourceId);
