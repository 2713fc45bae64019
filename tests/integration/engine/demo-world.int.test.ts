import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { startSimulators } from '../../../simulators/start.js';
import { demoSetup } from '../../../simulators/worlds/demo/setup.js';
import { withDatabase } from '../../kit/database.js';
import { openEngine, type EngineBench } from './bench-bridge.js';

describe('the demo world, synced without Temporal', () => {
  const url = withDatabase();
  let simulators: Awaited<ReturnType<typeof startSimulators>>;
  let engine: EngineBench;

  beforeAll(async () => {
    simulators = await startSimulators({ world: 'demo', zammadPort: 0, kimaiPort: 0 });
    const setup = demoSetup(new Date());
    engine = await openEngine(url(), {
      zammadUrl: simulators.zammadUrl,
      kimaiUrl: simulators.kimaiUrl,
      startFrom: setup.startFrom,
      secondsPerUnit: 60,
      activities: Object.fromEntries(
        setup.activities.map((a) => [String(a.zammadTypeId ?? ''), String(a.kimaiActivityId)]),
      ),
      users: Object.fromEntries(setup.users.map((u) => [String(u.zammadUserId), String(u.kimaiUserId)])),
      customers: Object.fromEntries(
        setup.organizations.map((o) => [`organization:${o.zammadOrganizationId}`, String(o.kimaiProjectId)]),
      ),
    });
  });
  afterAll(async () => {
    await engine.close();
    await simulators.close();
  });

  const session = () => ({ db: engine.db, tx: null });
  const sums = async (runId: string) => {
    const [run] = await rows<{ sums: { brokenSeconds: number; months: { open: number; month: string }[] } }>(
      session(),
      'select sums from sync_runs where id = $1',
      [runId],
    );
    return run?.sums;
  };

  it('brings both books together: the sum comes out and a second run writes nothing', async () => {
    const first = await engine.run();
    expect((await sums(first.runId))?.brokenSeconds).toBe(0);
    const kinds = new Set((await engine.openConflicts()).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        'duplicate',
        'mismatch',
        'unmapped_activity',
        'unmapped_customer',
        'unmapped_user',
      ]),
    );
    const before = await rows(session(), 'select count(*) as n from ledger');
    const second = await engine.run(true);
    expect(await rows(session(), 'select count(*) as n from ledger')).toEqual(before);
    expect((await sums(second.runId))?.brokenSeconds).toBe(0);
  });

  it('asks about what people did on both sides after the first sync', async () => {
    const played = await fetch(`${simulators.zammadUrl}/__control/chapter`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chapter: 2 }),
    });
    expect(played.status).toBe(200);
    const { runId } = await engine.run(true);
    const kinds = new Set((await engine.openConflicts()).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        'correction',
        'locked',
        'rejected',
        'source_deleted',
        'target_changed',
        'target_deleted',
      ]),
    );
    expect((await sums(runId))?.brokenSeconds).toBe(0);
  });

  it('carries out a decision on every open case, and nothing stays open that was decided', async () => {
    const outcomes: string[] = [];
    for (let round = 0; round < 3; round += 1)
      for (const conflict of await engine.openConflicts()) {
        const possible = conflict.facts.choices.find(
          ({ blocked, choice }) => blocked === null && choice !== 'retry',
        );
        if (possible === undefined) continue;
        const targetId = possible.targetId ?? targetFor(conflict.kind);
        const standing = await engine.decide(conflict, possible.choice, {
          ...(targetId === null ? {} : { targetId }),
          ...(possible.choice === 'edit_and_retry' ? { edit: { projectId: '1' } } : {}),
        });
        outcomes.push(`${conflict.kind} ${possible.choice} → ${standing.state}`);
      }
    const left = (await engine.openConflicts()).map(({ kind }) => kind);
    expect(left.filter((kind) => kind !== 'rejected')).toEqual([]);
    expect(outcomes.filter((outcome) => outcome.endsWith('closed')).length).toBeGreaterThan(25);
    const { runId } = await engine.run(true);
    expect((await sums(runId))?.brokenSeconds).toBe(0);
  });

  const targetFor = (kind: string): string | null =>
    kind === 'unmapped_activity' || kind === 'unmapped_user' || kind === 'unmapped_customer' ? '1' : null;
});
