import type { Sequelize } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConnectorPool } from '../../../activities/connector-pool.js';
import { createActivities } from '../../../activities/index.js';
import { connectDatabase } from '../../../db/connection.js';
import { rows } from '../../../db/sql.js';
import { checkInstallation, confirmInstallation } from '../../../db/stores/installation.js';
import { generateKeyPair, type NamedKey } from '../../../secrets/keys.js';
import { openToken } from '../../../secrets/open.js';
import { sealToken } from '../../../secrets/seal.js';
import { withDatabase } from '../../kit/database.js';

const URL = 'https://kimai.example.com';

describe('a new key in front of the old one', () => {
  const url = withDatabase();
  const old = generateKeyPair();
  const fresh = generateKeyPair();
  let db: Sequelize;
  let keys: readonly NamedKey[] = [old.privateKey];

  beforeAll(async () => {
    db = connectDatabase(url());
    for (const [id, baseUrl] of [
      ['kimai', URL],
      ['moved', 'https://elsewhere.example.com'],
    ] as const)
      await rows(
        { db, tx: null },
        `insert into connectors (id, kind, name, base_url, web_url, sealed_token, key_id, time_zone)
         values ($1, 'kimai', $1, $2, $2, $3, $4, 'Europe/Berlin') returning 1`,
        [
          id,
          baseUrl,
          await sealToken(old.publicKey, 'secret', { connectorId: id, baseUrl: URL }),
          old.publicKey.id,
        ],
      );
  });
  afterAll(() => db.close());

  const reseal = () => {
    const connectors = createConnectorPool({
      db,
      keys: () => keys,
      allowLoopback: true,
      signal: () => undefined,
    });
    const nothing = () => Promise.resolve();
    const processes = { startConflict: nothing, signalFactsChanged: nothing };
    const times = { graceMs: 0, unknownWaitSeconds: 1, lookupPauseSeconds: 0, now: () => new Date() };
    return createActivities({
      db,
      connectors,
      processes,
      retention: { traceDays: 30, detailDays: 3_653 },
      alerts: { channels: [], language: 'de', publicUrl: URL },
      ...times,
      heartbeat: () => undefined,
    }).resealTokens();
  };
  const stored = async (id: string) => {
    const [found] = await rows<{ sealed: string; keyId: string }>(
      { db, tx: null },
      'select sealed_token as sealed, key_id as "keyId" from connectors where id = $1',
      [id],
    );
    if (!found) throw new Error(`there must be a connector ${id}`);
    return found;
  };

  it('seals what the old one sealed, online, and a second time changes nothing', async () => {
    keys = [fresh.privateKey, old.privateKey];
    expect(await reseal()).toEqual({ resealed: 1, current: 0, failed: ['moved'] });
    const { sealed, keyId } = await stored('kimai');
    expect(keyId).toBe(fresh.publicKey.id);
    expect(await openToken([fresh.privateKey], sealed, { connectorId: 'kimai', baseUrl: URL })).toBe(
      'secret',
    );
    expect(await reseal()).toEqual({ resealed: 0, current: 1, failed: ['moved'] });
    expect((await stored('kimai')).sealed).toBe(sealed);
  });

  it('leaves a token that no key opens as it is', async () => {
    expect((await stored('moved')).keyId).toBe(old.publicKey.id);
  });
});

describe('a database that is copied', () => {
  const url = withDatabase();
  let db: Sequelize;
  const first = '11111111-1111-4111-8111-111111111111';
  const copy = '22222222-2222-4222-8222-222222222222';

  beforeAll(async () => {
    db = connectDatabase(url());
    const session = { db, tx: null };
    await rows(
      session,
      `insert into connectors (id, kind, name, base_url, web_url, time_zone) values
         ('zammad', 'zammad', 'Z', 'https://z.example.com', 'https://z.example.com', 'Europe/Berlin'),
         ('kimai', 'kimai', 'K', 'https://k.example.com', 'https://k.example.com', 'Europe/Berlin') returning 1`,
    );
    await rows(
      session,
      `insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies,
         schedule, paused_cause)
       values ('free', 'Free', 'zammad', 'kimai', 'aa', 'live', '2026-11-01', '{}', '{}', null),
         ('undone', 'Undone', 'zammad', 'kimai', 'bb', 'live', '2026-11-01', '{}', '{}', '{"code":"run_undone"}')
       returning 1`,
    );
  });
  afterAll(() => db.close());

  const causes = async () => {
    const found = await rows<{ code: string | null }>(
      { db, tx: null },
      `select paused_cause ->> 'code' as code from bridges order by id`,
    );
    return found.map(({ code }) => code);
  };
  const check = (id: string) => checkInstallation({ db, tx: null }, id);

  it('is the installation of the first data folder that it meets', async () => {
    expect(await check(first)).toBe(true);
    expect(await check(first)).toBe(true);
    expect(await causes()).toEqual([null, 'run_undone']);
  });

  it('pauses every bridge under another folder, and stays so until somebody confirms', async () => {
    expect(await check(copy)).toBe(false);
    expect(await causes()).toEqual(['installation_copied', 'run_undone']);
    expect(await check(copy)).toBe(false);
    expect(await confirmInstallation({ db, tx: null })).toEqual({ installationId: copy, bridges: 1 });
    expect(await causes()).toEqual([null, 'run_undone']);
    expect(await check(copy)).toBe(true);
    expect(await confirmInstallation({ db, tx: null })).toBeNull();
  });
});
