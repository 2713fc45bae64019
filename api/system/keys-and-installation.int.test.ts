import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { webhookSecretsOf } from '../../db/stores/bridges.js';
import { checkInstallation } from '../../db/stores/installation.js';
import { rows } from '../../db/sql.js';
import { encryptWebhookSecret } from '../../secrets/webhook-secret.js';
import { makeBridge, WEBHOOK_SECRET } from '../testing/make-rows.js';
import { unavailable } from '../testing/fake-gateway.js';
import { withApi } from '../testing/test-api.js';
import { encryptAnew } from './rotate-keys.js';

const COPY = '22222222-2222-4222-8222-222222222222';

describe('keys and installation', () => {
  const api = withApi();
  beforeAll(() => makeBridge(api().deps.db, api().deps.webhookSecrets));
  const session = () => ({ db: api().deps.db, tx: null });

  it('seals tokens in the worker and encrypts webhook secrets here, and says how many', async () => {
    const { status, body } = await api().call('admin', 'post', '/api/v1/system/reseal');
    expect(status).toBe(200);
    expect(body).toEqual({
      tokens: { resealed: 1, current: 1, failed: [] },
      webhookSecrets: { resealed: 0, current: 1, failed: [] },
    });
    expect(api().gateway.calls.at(-1)?.name).toBe('resealTokens');
  });

  it('answers 503 while the worker cannot be asked', async () => {
    api().gateway.fail('resealTokens', unavailable());
    expect((await api().call('admin', 'post', '/api/v1/system/reseal')).status).toBe(503);
    api().gateway.fail('resealTokens', null);
  });

  it('encrypts a secret of an older key with the newest, and names one that no key reads', async () => {
    const { db, webhookSecrets } = api().deps;
    const rotated = { ...webhookSecrets, isCurrent: (stored: string) => stored.startsWith('gcm1.new.') };
    const newest = { id: 'new', bytes: new Uint8Array(randomBytes(32)) };
    const encrypt = (secret: string, bridgeId: string) => encryptWebhookSecret(newest, secret, bridgeId);
    expect(await encryptAnew(db, { ...rotated, encrypt })).toEqual({ resealed: 1, current: 0, failed: [] });
    const [stored] = (await webhookSecretsOf(session(), 'main')) ?? [];
    expect(stored).toMatch(/^gcm1\.new\./);
    expect(stored).not.toContain(WEBHOOK_SECRET);
    expect(await encryptAnew(db, webhookSecrets)).toEqual({ resealed: 0, current: 0, failed: ['main'] });
  });

  it('lets bridges of a copied database go on when an admin confirms it', async () => {
    await checkInstallation(session(), '11111111-1111-4111-8111-111111111111');
    const nothing = await api().call('admin', 'post', '/api/v1/system/confirm-installation');
    expect([nothing.status, nothing.body['code']]).toEqual([409, 'nothing-to-confirm']);
    await checkInstallation(session(), COPY);
    const paused = await api().call('viewer', 'get', '/api/v1/status');
    expect(paused.body).toMatchObject({
      pausedBridges: [{ id: 'main', cause: { code: 'installation_copied' } }],
    });
    const confirmed = await api().call('admin', 'post', '/api/v1/system/confirm-installation');
    expect(confirmed.body).toEqual({ installationId: COPY, bridges: 1 });
    expect((await api().call('viewer', 'get', '/api/v1/status')).body).toMatchObject({ pausedBridges: [] });
  });

  it('confirms the first run with the start of a run, for admins only', async () => {
    const start = (as: 'approver' | 'admin') =>
      api().call(as, 'post', '/api/v1/bridges/main/runs', { full: false, confirmFirstRun: true });
    const refused = await start('approver');
    expect([refused.status, refused.body['needs']]).toEqual([403, 'admin']);
    const confirmedAt = () =>
      rows<{ at: Date | null }>(
        session(),
        `select first_run_confirmed_at as at from bridges where id = 'main'`,
      );
    expect((await confirmedAt())[0]?.at).toBeNull();
    expect((await start('admin')).status).toBe(202);
    expect((await confirmedAt())[0]?.at).not.toBeNull();
  });
});
