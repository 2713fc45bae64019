import { ApiProblem } from './problem';

export type ApiRequest = {
  readonly method: string;
  /** Below the origin, with its query: `/api/v1/conflicts?state=open`. */
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};

/** Sends a request to our own origin; resolves with the parsed JSON (undefined for 204), rejects with an ApiProblem. */
export async function send(request: ApiRequest): Promise<unknown> {
  const response = await fetchOrProblem(request);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined;
  if (!isJson(response)) {
    throw new ApiProblem(
      response.status,
      'unexpected_answer',
      `${request.method} ${request.url} did not answer JSON`,
    );
  }
  return response.json();
}

async function fetchOrProblem({ method, url, body, headers, signal }: ApiRequest): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      credentials: 'same-origin',
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, 'unreachable', '');
  }
}

function isJson(response: Response): boolean {
  return /^application\/(?:[\w.+-]+\+)?json/.test(response.headers.get('content-type') ?? '');
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const members = isJson(response) ? record(await response.json().catch(() => ({}))) : {};
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(
    response.status,
    text(members['code']) || `http_${response.status}`,
    text(members['detail']),
    members,
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
