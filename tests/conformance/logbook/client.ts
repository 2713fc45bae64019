import { SyncError } from '../../../domain/errors.js';
import { createHttpClient, type Answer, type Call } from '../../../connectors/http.js';
import type { ConnectorContext } from '../../../connectors/port.js';

export type LogbookClient = {
  /** A call whose 404 is an answer of its own. */
  readonly ask: (call: Call) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

/** Statuses become errors in one place: what the token is, what this one record is, and what is no answer at all. */
export function createLogbookClient(context: ConnectorContext): LogbookClient {
  const http = createHttpClient({
    ...context,
    authorization: `Bearer ${context.token}`,
    timing: { retryDelaysMs: [] },
  });
  const { connectorId } = context;
  return {
    ask: async (call) => {
      const answer = await http.call(call);
      const { status, body } = answer;
      const what = `${call.method} ${call.path} answered ${status}`;
      if (status === 401) throw new SyncError('credentials_rejected', what, { connectorId, status });
      // Its own answers are JSON, errors too: anything else comes from something in between.
      if (body === undefined) throw new SyncError('unavailable', `${what}, not JSON`, { connectorId });
      if (status === 200 || status === 404) return answer;
      const quoted = typeof body === 'object' && body !== null && 'error' in body ? [String(body.error)] : [];
      throw new SyncError('record_refused', what, { connectorId, status, quoted });
    },
    close: http.close,
  };
}
