import { empty, raw, type Reply } from '../kit/index.js';

const PRIVATE = {
  'content-type': 'application/json',
  'cache-control': 'max-age=0, must-revalidate, private',
};
const MONEY = /"(rate|internalRate|fixedRate|hourlyRate|budget)":(-?\d+)(?=[,}])/g;

/** A 200 with JSON as Kimai writes it: money keeps its fraction (`0.0`). */
export function ok(value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return raw(200, JSON.stringify(value).replace(MONEY, '"$1":$2.0'), { ...PRIVATE, ...headers });
}

/** A 204, as after a delete. */
export function gone(): Reply {
  return empty(204, { 'cache-control': PRIVATE['cache-control'] });
}

const REASONS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
} as const;

/** An error with a body of its own. */
export function problem(status: number, body: unknown): Reply {
  return raw(status, JSON.stringify(body), {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
}

/** An error without details: outside of debug mode the message is the reason phrase only. */
export function refused(status: keyof typeof REASONS): Reply {
  return problem(status, { code: status, message: REASONS[status] });
}

/** Thrown to end a call with an answer that is an error. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

/** Ends the call with a plain error. */
export function refuse(status: keyof typeof REASONS): never {
  throw new Refusal(refused(status));
}

/** Ends the call with 403 unless `allowed`. */
export function need(allowed: boolean): void {
  if (!allowed) refuse(403);
}
