import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { readBulkProgress, startBulk, withdrawBulk } from '../../../temporal/bulks.js';
import { startUndo } from '../../../temporal/undos.js';
import { workflowIds } from '../../../workflows/messages.js';
import { NOTHING_APPLIED, rejectedToken } from './fake-world.js';
import { until, withWorkflows } from './kit.js';

const stage = withWorkflows();
const resultOf = (workflowId: string) => stage().temporal.client.workflow.getHandle(workflowId).result();

beforeEach(() => {
  const { world } = stage();
  for (const name of Object.keys(world.overrides)) Reflect.deleteProperty(world.overrides, name);
  Object.assign(world, { graceMs: 300, bulk: { state: 'recording', applyAfter: null, pagesLeft: 3 } });
  world.calls.length = 0;
});

describe('many cases decided at once', () => {
  it('are recorded page by page, wait one grace time, and are then written and settled', async () => {
    const { world, temporal } = stage();
    const bulkId = randomUUID();
    await startBulk(temporal, bulkId);
    expect(await resultOf(workflowIds.bulk(bulkId))).toMatchObject({ phase: 'done', counts: { applied: 3 } });
    expect(world.called('recordBulkPage')).toHaveLength(3);
    const planned = world.calls.find(({ name }) => name === 'planBulkPage');
    expect(planned?.at).toBeGreaterThanOrEqual(Date.parse(world.bulk.applyAfter ?? ''));
    const cause = { runId: null, decisionId: null };
    expect(world.called('applyPlan')).toEqual([{ bridgeId: 'demo', scope: { kind: 'bulk', bulkId }, cause }]);
  });

  it('do what a guard held in the name of the decision that let it go', async () => {
    const { world, temporal } = stage();
    const decisionId = randomUUID();
    world.overrides.planBulkPage = async () => {
      return { more: false, replan: ['demo'], released: [{ bridgeId: 'demo', decisionId }] };
    };
    const bulkId = randomUUID();
    await startBulk(temporal, bulkId);
    await resultOf(workflowIds.bulk(bulkId));
    const ofBridge = { bridgeId: 'demo', scope: { kind: 'bridge' }, cause: { runId: null, decisionId } };
    expect(world.called('reconcile').at(-1)).toEqual(ofBridge);
    expect(world.called('applyPlan').at(-1)).toEqual(ofBridge);
  });

  it('do not wait until every other question of the bridge has its process', async () => {
    const { world, temporal } = stage();
    world.overrides.openConflicts = async () => ({ started: 200, more: true });
    const bulkId = randomUUID();
    await startBulk(temporal, bulkId);
    expect(await resultOf(workflowIds.bulk(bulkId))).toMatchObject({ phase: 'done' });
    expect(world.called('openConflicts')).toHaveLength(1);
  });

  it('are all taken back by one message, and nothing is written', async () => {
    const { world, temporal } = stage();
    world.graceMs = 60_000;
    const bulkId = randomUUID();
    await startBulk(temporal, bulkId);
    await until(async () => expect((await readBulkProgress(temporal, bulkId))?.phase).toBe('grace'));
    await withdrawBulk(temporal, { bulkId, actorId: 'anna' });
    expect(await resultOf(workflowIds.bulk(bulkId))).toMatchObject({ phase: 'withdrawn' });
    expect(world.called('planBulkPage')).toEqual([]);
  });

  it('cannot be taken back once they are being written', async () => {
    const { temporal } = stage();
    const bulkId = randomUUID();
    await startBulk(temporal, bulkId);
    await resultOf(workflowIds.bulk(bulkId));
    await expect(withdrawBulk(temporal, { bulkId, actorId: 'anna' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('go on where they stood when their process is started anew', async () => {
    const { world, temporal } = stage();
    Object.assign(world.bulk, { state: 'applying' });
    const bulkId = randomUUID();
    await startBulk(temporal, bulkId);
    expect(await resultOf(workflowIds.bulk(bulkId))).toMatchObject({ phase: 'done' });
    expect([world.called('recordBulkPage'), world.called('startBulkGrace')]).toEqual([[], []]);
  });
});

describe('taking back', () => {
  it('plans, writes and plans again what moved meanwhile, until every entry is done', async () => {
    const { world, temporal } = stage();
    let rounds = 0;
    world.overrides.finishUndo = async () => ({ finished: (rounds += 1) > 1 });
    const subjectId = randomUUID();
    await startUndo(temporal, { undoId: 'undo-1', kind: 'run', subjectId });
    expect(await resultOf(workflowIds.undo(subjectId))).toMatchObject({ phase: 'done' });
    expect([world.called('beginUndo').length, world.called('planUndoPage').length]).toEqual([1, 2]);
  });

  it('pauses a connector that rejects its token, and goes on later', async () => {
    const { world, temporal } = stage();
    let tries = 0;
    world.overrides.applyPlan = async () => {
      tries += 1;
      if (tries === 1) throw rejectedToken('kimai');
      return NOTHING_APPLIED;
    };
    const subjectId = randomUUID();
    await startUndo(temporal, { undoId: 'undo-2', kind: 'decision', subjectId });
    await until(() => expect(world.called('pauseConnector')).toHaveLength(1));
    expect(await resultOf(workflowIds.undo(subjectId))).toMatchObject({ phase: 'done' });
  });
});
