/** What a simulator answers: exact status, headers and body text, nothing added but `Date` and `Content-Length`. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, sent as UTF-8, or the bytes of a file. */
  readonly body: string | Uint8Array;
}

/** A JSON answer. `headers` come on top and win over the content type. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** An answer whose body is already text: JSON written by a serializer of its own, plain text, CSV. */
export function raw(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body };
}

/** A page for people. */
export function html(status: number, body: string): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body,
  };
}

/** An answer without a body. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

/** Sends the client elsewhere: 302 unless said otherwise. */
export function redirect(location: string, status = 302): Reply {
  return { status, headers: { location }, body: '' };
}
