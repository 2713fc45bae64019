import { readFileSync } from 'node:fs';
import { request } from 'undici';
import * as yup from 'yup';
import type { Contract } from '../api/contract.js';
import type { CliConfig } from '../config/cli.js';
import { readLock } from '../stack/lock.js';
import { reason } from '../api/fields.contract.js';
import type { Language } from '../words/format.js';
import { say } from '../words/say.js';
import { CommandFailed } from './failure.js';
import { adminTokenFile } from './installation.js';

type Parts = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown };

/** A part of a request: needed when the contract has it, absent when not. */
type Part<Name extends string, T> = [T] extends [undefined] ? unknown : Readonly<Record<Name, T>>;
/** A query may leave out what has a default. */
type QueryPart<Q> = [Q] extends [undefined] ? unknown : { readonly query?: Partial<Q> };
export type CallInput<P, Q, B> = Parts & Part<'params', P> & QueryPart<Q> & Part<'body', B>;

/** Calls one endpoint as its contract describes it. */
export interface ApiClient {
  readonly url: string;
  call<P, Q, B, R>(contract: Contract<P, Q, B, R>, input: CallInput<P, Q, B>): Promise<R>;
}

const Problem = yup
  .object({
    code: yup.string(),
    detail: yup.string(),
    title: yup.string(),
    issues: yup.array().of(yup.object({ path: yup.string(), message: yup.string() })),
  })
  .required();

/** Why a decision is not possible, as a code with facts. */
const Refused = yup.object({ reason: reason().required() }).required();

const TIMEOUT_MS = 60_000;

/** The API refused; `code` is the stable code of its problem details. */
export class ApiRefused extends CommandFailed {
  override name = 'ApiRefused';
  constructor(
    readonly status: number,
    code: string,
    message: string,
    /** The whole answer, e.g. the facts that a decision missed. */
    readonly problem: unknown,
  ) {
    super(message, code, status === 422 || status === 400 ? 2 : 1);
  }
}

/**
 * A client of the installation that the environment names; without a name, of the one that runs on the data folder.
 * @throws CommandFailed when there is no token.
 */
export function connectApi(config: CliConfig): ApiClient {
  const url = config.urlGiven ? config.apiUrl : (readLock(config.dataDir)?.apiUrl ?? config.apiUrl);
  const token = config.token ?? localToken(config.dataDir);
  return {
    url,
    call: (contract, input) => callApi({ url, token, language: config.language }, contract, input),
  };
}

function localToken(dataDir: string): string {
  try {
    return readFileSync(adminTokenFile(dataDir), 'utf8').trim();
  } catch {
    throw new CommandFailed(
      `There is no installation in ${dataDir} whose token this user may read.\n` +
        'Start one with "npm start", name its folder with --data, or set TIMEBRIDGE_URL and TIMEBRIDGE_TOKEN.',
      'no_token',
    );
  }
}

type Caller = { readonly url: string; readonly token: string; readonly language: Language };

async function callApi<P, Q, B, R>(
  { url, token, language }: Caller,
  contract: Contract<P, Q, B, R>,
  input: Parts,
): Promise<R> {
  const response = await send(url, {
    method: contract.method,
    path: pathOf(contract.path, input),
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  const text = await response.body.text();
  const answer: unknown = text === '' ? undefined : parseJson(text);
  if (response.statusCode >= 300) throw refusal(response.statusCode, answer, language);
  try {
    return await contract.reply.validate(answer, { strict: true });
  } catch {
    throw new CommandFailed(
      `The answer of ${url} is not one that this version knows. Are both of the same version?`,
      'unexpected_answer',
    );
  }
}

type Sent = {
  readonly method: Contract<unknown, unknown, unknown, unknown>['method'];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

async function send(url: string, { method, path, headers, body }: Sent) {
  try {
    return await request(`${url}${path}`, {
      method: verbs[method],
      headers,
      ...(body !== undefined && { body }),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
  } catch {
    throw new CommandFailed(
      `Timebridge does not answer at ${url}. Is it running? "npm start" starts it.`,
      'unreachable',
    );
  }
}

const verbs = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

function pathOf(path: string, input: Parts): string {
  const params = stringsOf(input.params);
  const filled = path.replace(/:([A-Za-z]+)/g, (_match, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const query = new URLSearchParams(stringsOf(input.query)).toString();
  return query === '' ? filled : `${filled}?${query}`;
}

function stringsOf(values: unknown): Record<string, string> {
  if (typeof values !== 'object' || values === null) return {};
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page: the status says what there is to say
  }
}

function refusal(status: number, answer: unknown, language: Language): ApiRefused {
  const problem = Problem.isValidSync(answer) ? Problem.cast(answer) : {};
  const said = problem.detail ?? problem.title ?? `The API answered ${status}`;
  const issues = (problem.issues ?? []).map(
    ({ path, message }) => `  ${path ? `${path}: ` : ''}${message ?? ''}`,
  );
  const why = Refused.isValidSync(answer) ? [`  ${say(answer.reason, language)}`] : [];
  return new ApiRefused(
    status,
    problem.code ?? `http_${status}`,
    [said, ...why, ...issues].join('\n'),
    answer,
  );
}
