import { beforeAll, describe, expect, it } from 'vitest';
import { makeBridge } from '../testing/make-rows.js';
import { withApi, wrongFields } from '../testing/test-api.js';

describe('a bridge', () => {
  const api = withApi();
  const admin = (method: string, path: string, body?: unknown) =>
    api().call('admin', method, `/api/v1${path}`, body);
  beforeAll(async () => makeBridge(api().deps.db, api().deps.webhookSecrets));

  it('writes alone from its source to its target: two would book each entry twice', async () => {
    const twin = { id: 'twin', name: 'Twin', sourceConnectorId: 'zammad', targetConnectorId: 'kimai' };
    const refused = await admin('post', '/bridges', { ...twin, mode: 'live' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'other-bridge-writes']);
    expect(refused.text).toContain('(main)');
    expect((await admin('post', '/bridges', twin)).status).toBe(201);
    const begun = await admin('patch', '/bridges/twin', { mode: 'live' });
    expect([begun.status, begun.body['code']]).toEqual([409, 'other-bridge-writes']);
    expect((await admin('patch', '/bridges/main', { mode: 'shadow' })).status).toBe(200);
    expect((await admin('patch', '/bridges/twin', { mode: 'live' })).status).toBe(200);
    expect((await admin('patch', '/bridges/main', { mode: 'live' })).status).toBe(409);
    expect((await admin('patch', '/bridges/twin', { mode: 'off' })).status).toBe(200);
    expect((await admin('patch', '/bridges/main', { mode: 'live' })).status).toBe(200);
    expect((await admin('patch', '/bridges/main', { mode: 'live', name: 'Main' })).status).toBe(200);
  });

  it('may be live beside another one that writes to another target', async () => {
    const other = { id: 'kimai-2', kind: 'kimai', name: 'Second', timeZone: 'Europe/Berlin' };
    await admin('post', '/connectors', { ...other, baseUrl: 'https://k2.example.com' });
    const beside = {
      id: 'beside',
      name: 'Beside',
      sourceConnectorId: 'zammad',
      targetConnectorId: 'kimai-2',
    };
    expect((await admin('post', '/bridges', { ...beside, mode: 'live' })).status).toBe(201);
  });

  it('takes from its target how that rounds, to say so beforehand, and names what is no rounding', async () => {
    const settings = { roundingMode: 'closest', roundingBegin: 0, roundingEnd: 5, roundingDuration: 15 };
    const changed = await admin('patch', '/connectors/kimai', { settings });
    expect(changed.body).toMatchObject({ connector: { settings } });
    const wrong = { roundingMode: 'sideways', roundingBegin: -1, roundingEnd: 2.5, roundingDuration: 1_441 };
    const refused = await admin('patch', '/connectors/kimai', { settings: wrong });
    expect([refused.status, new Set(wrongFields(refused))]).toEqual([
      422,
      new Set(Object.keys(wrong).map((name) => `settings.${name}`)),
    ]);
    const source = await admin('patch', '/connectors/zammad', { settings });
    expect(source.status).toBe(422);
  });
});
