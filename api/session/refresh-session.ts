import { writeAudit } from '../../db/stores/audit.js';
import { renewSession } from '../../db/stores/sessions.js';
import { assertSameOrigin } from '../auth/same-origin.js';
import type { ApiDeps } from '../deps.js';
import { publicEndpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { handOver } from './begin-session.js';
import { refreshSession } from './refresh-session.contract.js';

export const refreshSessionEndpoint = publicEndpoint(refreshSession, async (deps, { ctx }) => {
  assertSameOrigin(ctx, deps.settings.publicUrl);
  const token = deps.cookies.read(ctx, 'refresh');
  if (token === undefined) throw new Problem(401, 'session-missing', 'There is no session to renew; log in');
  const renewal = await renewSession(deps.db, token);
  if (renewal.outcome === 'renewed') {
    return handOver(deps, { db: deps.db, tx: null }, ctx, renewal.userId, renewal);
  }
  deps.cookies.clear(ctx);
  if (renewal.outcome === 'reused') await noteReuse(deps, renewal.sessionId);
  throw new Problem(401, 'session-expired', 'The session has ended; log in again');
});

/** Somebody holds a copy of the cookie: worth a line that is kept. */
async function noteReuse(deps: ApiDeps, sessionId: string): Promise<void> {
  deps.log.warn({ sessionId }, 'a refresh token was used twice: its session was ended');
  await writeAudit({ db: deps.db, tx: null }, [
    {
      bridgeId: null,
      runId: null,
      actor: { kind: 'system', id: null },
      action: 'session.reuse_detected',
      subject: { kind: 'session', id: sessionId },
      version: null,
      details: {},
    },
  ]);
}
