/** Only ways inside this page: anything else could lead a person elsewhere after the log-in. */
export function safeReturn(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/inbox';
}
