import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request as a handler sees it: the body is read, the path not yet decoded. */
export interface Call {
  readonly method: string;
  /** Path without the query, as sent (percent-encoding kept). */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Body text, empty when none was sent. */
  readonly text: string;
  /** Decoded values of the `:name` parts of the route. */
  readonly params: Readonly<Record<string, string>>;
}

/** Result of reading a body as JSON; an absent body is `undefined`, malformed JSON is not an exception. */
export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const LIMIT_BYTES = 32 * 1024 * 1024;

/** Reads the request to its end. Throws `RangeError` beyond 32 MiB. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += part.length;
    if (size > LIMIT_BYTES) throw new RangeError(`The request body is larger than ${LIMIT_BYTES} bytes.`);
    chunks.push(part);
  }
  const [path, search] = splitTarget(request.url ?? '/');
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: request.headers,
    text: Buffer.concat(chunks, size).toString('utf8'),
    params: {},
  };
}

/** Splits `/a/b?x=1` into the path and the query text. */
export function splitTarget(target: string): readonly [path: string, search: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

/** The body as JSON. */
export function readJson(call: Call): JsonBody {
  if (call.text.trim() === '') return { ok: true, value: undefined };
  try {
    const value: unknown = JSON.parse(call.text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

/** True for a plain JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
