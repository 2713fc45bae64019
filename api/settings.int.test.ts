import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../db/sql.js';
import { unavailable } from './testing/fake-gateway.js';
import { makeBridge, makeConflict, WEBHOOK_SECRET } from './testing/make-rows.js';
import { listIn, withApi, wrongFields } from './testing/test-api.js';

describe('settings', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });
  const admin = (method: string, path: string, body?: unknown) =>
    api().call('admin', method, `/api/v1${path}`, body);
  beforeAll(async () => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(() => {
    api().gateway.calls.length = 0;
    for (const name of ['applySchedule', 'startRun', 'nextRuns'] as const) api().gateway.fail(name, null);
  });

  describe('connectors', () => {
    const kimai2 = { id: 'kimai-2', kind: 'kimai', name: 'Second', timeZone: 'Europe/Berlin' };

    it('stores a token sealed, never shows it, and drops it when the address changes', async () => {
      const token = 'a-secret-token-of-kimai';
      const created = await admin('post', '/connectors', {
        ...kimai2,
        baseUrl: 'https://k.example.com/api/',
        token,
      });
      expect([created.status, created.body['connector']]).toMatchObject([
        201,
        { baseUrl: 'https://k.example.com', hasToken: true },
      ]);
      const all = await admin('get', '/connectors');
      expect(all.text + created.text).not.toContain(token);
      const stored = await rows<{ sealed: string }>(
        session(),
        `select sealed_token as sealed from connectors where id = 'kimai-2'`,
      );
      expect(stored[0]?.sealed).toMatch(/^hpke1\.\w+\./);
      const moved = await admin('patch', '/connectors/kimai-2', { baseUrl: 'https://evil.example.com' });
      expect(moved.body).toMatchObject({ tokenDropped: true, connector: { hasToken: false } });
      const trail = await rows<{ details: string }>(session(), 'select details::text from audit_details');
      expect(JSON.stringify(trail)).not.toContain(token);
    });

    it('keeps the token when anything else changes', async () => {
      expect((await admin('put', '/connectors/kimai/token', { token: 'abc' })).status).toBe(204);
      const renamed = await admin('patch', '/connectors/kimai', { name: 'Our Kimai' });
      expect(renamed.body).toMatchObject({
        tokenDropped: false,
        connector: { name: 'Our Kimai', hasToken: true },
      });
    });

    it('takes what a network needs, and names what is no certificate, proxy or limit', async () => {
      const settings = { proxy: 'http://proxy.intern:3128', concurrency: 2, requestsPerSecond: 5 };
      const changed = await admin('patch', '/connectors/kimai', { settings });
      expect(changed.body).toMatchObject({ connector: { settings } });
      const wrong = { ca: 'nonsense', proxy: 'proxy.intern', concurrency: 0, requestsPerSecond: 'many' };
      const refused = await admin('patch', '/connectors/kimai', { settings: wrong });
      expect(refused.status).toBe(422);
      expect(new Set(wrongFields(refused))).toEqual(
        new Set(['settings.ca', 'settings.concurrency', 'settings.proxy', 'settings.requestsPerSecond']),
      );
      const direct = await admin('patch', '/connectors/kimai', { settings: { proxy: 'direct' } });
      expect(direct.status).toBe(200);
    });

    it('names the field that is wrong', async () => {
      const zammad = {
        id: 'z2',
        kind: 'zammad',
        name: 'Z',
        baseUrl: 'https://z.example.com',
        timeZone: 'Europe/Berlin',
      };
      const attempts = [
        [{ ...kimai2, id: 'x', baseUrl: 'ftp://k.example.com' }, ['baseUrl']],
        [{ ...kimai2, id: 'x', baseUrl: 'https://k.example.com', timeZone: 'Berlin' }, ['timeZone']],
        [{ ...kimai2, id: 'X Y', baseUrl: 'https://k.example.com', surprise: 1 }, ['id', '']],
        [zammad, ['unitPeriods']],
        [{ ...zammad, unitPeriods: [{ from: '2026-01-01T00:00:00Z', secondsPerUnit: 60 }] }, ['unitPeriods']],
        [
          { ...kimai2, id: 'x', baseUrl: 'https://k.example.com', settings: { verify: false } },
          ['settings.verify'],
        ],
      ] as const;
      for (const [body, wrong] of attempts) {
        const answer = await admin('post', '/connectors', body);
        expect([answer.status, wrongFields(answer)]).toEqual([422, wrong]);
      }
    });
  });

  describe('time zones of a bridge', () => {
    const zoned = { id: 'kimai-utc', kind: 'kimai', name: 'Kimai abroad', baseUrl: 'https://u.example.com' };

    it('are one, or the bridge is refused with both named', async () => {
      await admin('post', '/connectors', { ...zoned, timeZone: 'UTC' });
      const bridge = {
        id: 'two-zones',
        name: 'Two',
        sourceConnectorId: 'zammad',
        targetConnectorId: 'kimai-utc',
      };
      const answer = await admin('post', '/bridges', bridge);
      expect([answer.status, wrongFields(answer)]).toEqual([422, ['targetConnectorId']]);
      expect(answer.text).toContain('Europe/Berlin');
      expect(answer.text).toContain('UTC');
    });

    it('cannot change on one side while the bridge runs, and not differ when it begins to', async () => {
      const moved = await admin('patch', '/connectors/kimai', { timeZone: 'UTC' });
      expect([moved.status, moved.body['code']]).toEqual([409, 'time-zone-in-use']);
      await admin('patch', '/bridges/main', { mode: 'off' });
      expect((await admin('patch', '/connectors/kimai', { timeZone: 'UTC' })).status).toBe(200);
      const begun = await admin('patch', '/bridges/main', { mode: 'live' });
      expect([begun.status, wrongFields(begun)]).toEqual([422, ['mode']]);
      await admin('patch', '/connectors/kimai', { timeZone: 'Europe/Berlin' });
      expect((await admin('patch', '/bridges/main', { mode: 'live' })).status).toBe(200);
    });
  });

  describe('bridges', () => {
    it('hands a schedule over, and names what is wrong with one', async () => {
      const schedule = {
        cron: '0 7-18 * * 1-5',
        nightlyCron: '30 3 * * *',
        timeZone: 'Europe/Vienna',
        paused: false,
      };
      const answer = await admin('patch', '/bridges/main', { schedule });
      expect(answer.body['bridge']).toMatchObject({ schedule, nextRuns: ['2026-12-01T06:00:00.000Z'] });
      expect(api().gateway.calls).toContainEqual({
        name: 'applySchedule',
        args: [
          {
            bridgeId: 'main',
            cron: schedule.cron,
            nightlyCron: schedule.nightlyCron,
            timeZone: 'Europe/Vienna',
            paused: false,
          },
        ],
      });
      const wrong = await admin('patch', '/bridges/main', {
        schedule: { ...schedule, cron: '99 * * * *', timeZone: 'Wien' },
      });
      expect([wrong.status, wrongFields(wrong)]).toEqual([422, ['schedule.cron', 'schedule.timeZone']]);
    });

    it('keeps a schedule that Temporal cannot be told of now', async () => {
      api().gateway.fail('applySchedule', unavailable());
      api().gateway.fail('nextRuns', unavailable());
      const schedule = { cron: '*/30 * * * *', nightlyCron: null, timeZone: 'Europe/Berlin', paused: true };
      const answer = await admin('patch', '/bridges/main', { schedule, mode: 'live' });
      expect([answer.status, answer.body['bridge']]).toMatchObject([200, { schedule }]);
    });

    it('moves the start back only when that is confirmed', async () => {
      const asked = await admin('patch', '/bridges/main', { startFrom: '2026-10-01' });
      expect([asked.status, asked.body['code'], asked.body['field']]).toEqual([
        409,
        'confirmation-needed',
        'startFrom',
      ]);
      const moved = await admin('patch', '/bridges/main', {
        startFrom: '2026-10-01',
        confirmEarlierStart: true,
      });
      expect(moved.body['bridge']).toMatchObject({ startFrom: '2026-10-01', firstRunConfirmedAt: null });
      const nonsense = await admin('patch', '/bridges/main', { startFrom: '2026-02-30' });
      expect(wrongFields(nonsense)).toEqual(['startFrom']);
    });

    it('goes live with a token of too much power only when that is accepted by name and a day is closed', async () => {
      await admin('patch', '/bridges/main', { mode: 'shadow' });
      const capabilities = `'{"powerful": true, "createsCustomers": false, "missingToCreateCustomers": "create_project"}'`;
      await rows(
        session(),
        `update connectors set capabilities = ${capabilities} where id = 'kimai' returning 1`,
      );
      const asked = await admin('patch', '/bridges/main', { mode: 'live' });
      expect([asked.status, asked.body['code'], asked.body['confirm']]).toEqual([
        409,
        'confirmation-needed',
        'acceptTokenRisk',
      ]);
      expect(asked.text).toContain('exported');
      const acceptTokenRisk = 'may_change_exported_time';
      expect((await admin('patch', '/bridges/main', { mode: 'live', acceptTokenRisk: 'yes' })).status).toBe(
        422,
      );
      const open = await admin('patch', '/bridges/main', { mode: 'live', acceptTokenRisk });
      expect([open.status, wrongFields(open)]).toEqual([422, ['closedUntil']]);
      const live = await admin('patch', '/bridges/main', {
        ...{ mode: 'live', acceptTokenRisk, closedUntil: '2026-10-31' },
      });
      expect([live.status, live.body['bridge']]).toMatchObject([
        200,
        { mode: 'live', tokenRisk: { powerful: true, accepted: {} } },
      ]);
      const opened = await admin('patch', '/bridges/main', { closedUntil: null });
      expect([opened.status, wrongFields(opened)]).toEqual([422, ['closedUntil']]);
      // Another token is another risk.
      expect((await admin('put', '/connectors/kimai/token', { token: 'another' })).status).toBeLessThan(300);
      expect((await admin('get', '/bridges/main')).body['bridge']).toMatchObject({
        tokenRisk: { accepted: null },
      });
      const makes = await admin('patch', '/bridges/main', { mode: 'off', policies: { customers: 'create' } });
      expect([makes.status, wrongFields(makes)]).toEqual([422, ['policies.customers']]);
      expect(makes.text).toContain('create_project');
    });

    it('has the webhook made with the secret in use, sealed, and with a token that is lent', async () => {
      const made = await admin('post', '/bridges/main/webhook/install', { token: 'tok_lent' });
      expect([made.status, made.body['action'], made.body['finding']]).toEqual([200, 'created', null]);
      const [call] = api().gateway.calls.filter(({ name }) => name === 'installWebhook');
      expect(call?.args).toMatchObject([{ bridgeId: 'main', connectorId: 'zammad', url: made.body['url'] }]);
      const text = JSON.stringify(call?.args);
      expect(text).not.toContain('tok_lent');
      expect(text).not.toContain(WEBHOOK_SECRET);
      expect((await admin('post', '/bridges/nowhere/webhook/install', {})).status).toBe(404);
      const other = await api().call('approver', 'post', '/api/v1/bridges/main/webhook/install', {});
      expect(other.status).toBe(403);
    });

    it('does not overwrite what somebody else changed', async () => {
      const answer = await admin('patch', '/bridges/main', { revision: 0, name: 'Mine' });
      expect([answer.status, answer.body['code']]).toEqual([409, 'changed-meanwhile']);
    });

    it('shows the webhook secret once, and keeps it encrypted', async () => {
      const body = { id: 'second', name: 'Second', sourceConnectorId: 'zammad', targetConnectorId: 'kimai' };
      const created = await admin('post', '/bridges', body);
      const secret = String(created.body['webhookSecret']);
      expect(created.body['bridge']).toMatchObject({ mode: 'shadow', webhook: { hasSecret: true } });
      expect((await admin('get', '/bridges')).text).not.toContain(secret);
      const stored = await rows(session(), `select webhook_secret from bridges where id = 'second'`);
      expect(JSON.stringify(stored)).not.toContain(secret);
      expect((await admin('post', '/bridges', body)).body).toMatchObject({ code: 'taken', field: 'id' });
      expect(
        (await admin('post', '/bridges', { ...body, id: 'third', targetConnectorId: 'zammad' })).status,
      ).toBe(422);
    });
  });

  describe('runs', () => {
    it('starts the first run of a bridge as a full one, and says when one is under way', async () => {
      const started = await api().call('approver', 'post', '/api/v1/bridges/main/runs', { full: false });
      expect([started.status, started.body['workflowId']]).toEqual([202, 'sync-run/main']);
      expect(api().gateway.calls).toMatchObject([
        { name: 'startRun', args: [{ bridgeId: 'main', full: true, trigger: 'cli' }] },
      ]);
      api().gateway.startRun = () => Promise.resolve('running');
      const again = await api().call('approver', 'post', '/api/v1/bridges/main/runs', { full: false });
      expect([again.status, again.body['code']]).toEqual([409, 'run-running']);
    });

    it('does not start a run of a bridge that is off', async () => {
      await admin('patch', '/bridges/main', { mode: 'off' });
      const answer = await api().call('approver', 'post', '/api/v1/bridges/main/runs', { full: false });
      expect([answer.status, answer.body['code']]).toEqual([409, 'bridge-off']);
      await admin('patch', '/bridges/main', { mode: 'live' });
    });
  });

  it('keeps rules in order, and counts a revision up only when the rule says something else', async () => {
    const rule = {
      name: 'Small ones',
      when: { kinds: ['missing'], secondsBelow: 900 },
      then: 'create',
      enabled: true,
    };
    const first = await admin('put', '/bridges/main/rules', { items: [rule] });
    const id = listIn(first, 'items')[0]?.['id'];
    const renamed = await admin('put', '/bridges/main/rules', {
      items: [{ ...rule, id, name: 'Tiny ones' }],
    });
    expect(renamed.body['items']).toMatchObject([{ id, revision: 1, name: 'Tiny ones' }]);
    const changed = await admin('put', '/bridges/main/rules', {
      items: [{ ...rule, id, then: 'skip' }],
    });
    expect(changed.body['items']).toMatchObject([{ revision: 2, then: 'skip' }]);
    const never = await admin('put', '/bridges/main/rules', { items: [{ ...rule, then: 'delete_target' }] });
    expect(wrongFields(never)).toEqual(['items[0].then']);
  });

  it('invites a person by a link, and never takes the last admin away', async () => {
    const invited = await admin('post', '/users', {
      email: 'new@example.com',
      name: 'New',
      role: 'approver',
    });
    expect(JSON.stringify(invited.body['link'])).toMatch(/"http:\/\/localhost:8080\/login#token=tbl_/);
    const last = await admin('patch', `/users/${api().users.admin.id}`, { role: 'viewer' });
    expect([last.status, last.body['code']]).toEqual([409, 'last-admin']);
    const gone = await admin('patch', `/users/${api().users.viewer.id}`, { active: false });
    expect(gone.body['user']).toMatchObject({ active: false });
    expect((await api().call('viewer', 'get', '/api/v1/session')).status).toBe(401);
  });

  it('tells how everything is, and who did what', async () => {
    const gap = { key: '7', name: 'Fernwartung' };
    await makeConflict(api().deps.db, {
      ...{ subject: 'gap:unmapped_activity:7', kind: 'unmapped_activity', gap },
    });
    const status = await api().call('approver', 'get', '/api/v1/status');
    expect(status.body).toMatchObject({ temporal: { reachable: true }, bridges: 2, counts: { gaps: 1 } });
    const audit = await api().call('approver', 'get', '/api/v1/audit?subjectKind=bridge&limit=2');
    expect(audit.body['items']).toMatchObject([{ subjectKind: 'bridge' }, { subjectKind: 'bridge' }]);
    const next = await api().call(
      'approver',
      'get',
      `/api/v1/audit?limit=200&before=${String(audit.body['next'])}`,
    );
    expect(next.status).toBe(200);
  });
});
