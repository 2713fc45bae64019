import type { Contract } from '../../api/contract';
import { streamEvents } from '../../api/events/stream-events.contract';
import { refreshSession } from '../../api/session/refresh-session.contract';
import { addressOf } from './address';
import type { ApiClient, EventListener } from './client';
import { keepSession } from './keep-session';
import { ApiProblem } from './problem';
import { send } from './transport';

/** Proof against other sites' forms: they cannot set a header. */
const HEADERS = { 'x-timebridge': '1' };
const RECONNECT_MS = 3_000;

/** The client of the real API on our own origin; the session is an HttpOnly cookie that this page cannot read. */
export function createHttpClient(onSessionEnded: () => void): ApiClient {
  const request = async <P, Q, B, R>(
    contract: Contract<P, Q, B, R>,
    input: { params?: unknown; query?: unknown; body?: unknown },
    signal?: AbortSignal,
  ): Promise<R> => {
    const answer = await send({
      method: contract.method.toUpperCase(),
      url: addressOf(contract.path, input.params, input.query),
      body: input.body,
      headers: HEADERS,
      signal,
    });
    return parse(contract, answer);
  };
  const session = keepSession(() => request(refreshSession, {}), onSessionEnded);

  return {
    call: (contract, input, options) => {
      const attempt = () => request(contract, input, options?.signal);
      return contract.access === 'public' ? attempt() : session.run(attempt);
    },
    listen: (listener) => listenTo(streamEvents.path, listener),
  };
}

/** An answer that breaks its contract is a fault of the installation (e.g. a page older than its server), said plainly. */
async function parse<P, Q, B, R>(contract: Contract<P, Q, B, R>, answer: unknown): Promise<R> {
  try {
    return await contract.reply.validate(answer, { stripUnknown: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new ApiProblem(0, 'unexpected_answer', `${contract.id}: ${detail}`);
  }
}

/** A native EventSource gives up for good on a refusal; a new one is opened until the listener is done. */
function listenTo(url: string, listener: EventListener): () => void {
  let source: EventSource | undefined;
  let timer = 0;
  const open = () => {
    source = new EventSource(url);
    source.onerror = () => {
      source?.close();
      timer = window.setTimeout(open, RECONNECT_MS);
    };
    for (const name of ['change', 'resync']) {
      source.addEventListener(name, (event: MessageEvent<string>) =>
        listener.event(name, parsed(event.data)),
      );
    }
  };
  open();
  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
