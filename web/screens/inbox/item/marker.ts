/** Our back-reference at the end of a text is for Timebridge, not for people. */
export function withoutMarker<T extends string | null>(text: T): T | string {
  return text === null ? text : text.replace(/\s*\[tb-[a-z0-9-]+\]/g, '');
}
