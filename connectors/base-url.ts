/**
 * The form in which a system's address is kept: http(s), no credentials, no query, no trailing slash, and
 * without the API path that people copy along. Null when it is not such an address. Runs in the browser too.
 */
export function normaliseBaseUrl(text: string, apiPath: string): string | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (path.endsWith(apiPath) ? path.slice(0, -apiPath.length) : path);
}
