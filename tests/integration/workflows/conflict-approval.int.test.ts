import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { beforeEach, describe, expect, it } from 'vitest';
import { DECISION_FAILURES, NOTE_REFUSED } from '../../../domain/errors.js';
import {
  askAgent,
  assignConflict,
  decideConflict,
  signalFactsChanged,
  snoozeConflict,
  withdrawDecision,
} from '../../../temporal/conflicts.js';
import { view } from '../../../workflows/messages.js';
import { decisionOn, fieldOf, NOTHING_APPLIED } from './fake-world.js';
import { pause, startCase, until, withWorkflows } from './kit.js';

const stage = withWorkflows();
const ref = (conflictId: string) => ({ conflictId, bridgeId: 'bridge', ticketId: '7', kind: 'missing' });

beforeEach(() => {
  const { world } = stage();
  for (const name of Object.keys(world.overrides)) Reflect.deleteProperty(world.overrides, name);
  Object.assign(world, { graceMs: 300 });
  world.calls.length = 0;
});

describe('a question that a person decides', () => {
  it('is written once, and not before the grace time is over', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    const decided = await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    const planned = world.calls.find(({ name }) => name === 'planDecision');
    expect(planned?.at).toBeGreaterThanOrEqual(Date.parse(decided.applyAfter));
    expect(world.called('settleDecision')).toEqual([{ conflictId: id, decisionId: decided.decisionId }]);
    const cause = { runId: null, decisionId: decided.decisionId };
    const scope = { kind: 'conflict', conflictId: id };
    expect(world.called('applyPlan')).toEqual([{ bridgeId: 'bridge', scope, cause }]);
  });

  it('gets a process by the decision itself when it has none', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    await decideConflict(temporal, ref(id), decisionOn(id));
    await until(() => expect(world.row(id).state).toBe('closed'));
  });

  it('can be decided without a look at its row when it is new, and looks when it is told', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id, { isNew: true });
    expect(await handle.query(view)).toMatchObject({ phase: 'open' });
    expect(world.called('readConflict')).toEqual([]);
    world.row(id).state = 'closed';
    await signalFactsChanged(temporal, id);
    await handle.result();
    expect(world.called('readConflict')).toEqual([{ conflictId: id }]);
  });

  it('is open again when the decision is taken back, and can be decided anew', async () => {
    const { world, temporal } = stage();
    world.graceMs = 1_000;
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    const { decisionId } = await decideConflict(temporal, ref(id), decisionOn(id));
    await withdrawDecision(temporal, { conflictId: id, decisionId, actorId: 'anna' });
    await pause(1_300);
    expect(world.called('planDecision')).toEqual([]);
    expect(await handle.query(view)).toMatchObject({ phase: 'open', decisionId: null });
    world.graceMs = 100;
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    expect(world.row(id).state).toBe('closed');
  });

  it('is never both taken back and written, however close to the end of the grace time', async () => {
    const { world, temporal } = stage();
    world.graceMs = 400;
    const cases = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const id = world.openConflict();
        const handle = await startCase(stage(), id);
        const decided = await decideConflict(temporal, ref(id), decisionOn(id));
        // Spread over the last moments: some come in time, some too late.
        await pause(Date.parse(decided.applyAfter) - Date.now() - 90 + index * 6);
        const withdrawal = { conflictId: id, decisionId: decided.decisionId, actorId: 'anna' };
        const withdrawn = await withdrawDecision(temporal, withdrawal).then(
          () => true,
          () => false,
        );
        if (!withdrawn) await handle.result();
        return { id, withdrawn };
      }),
    );
    await pause(300);
    const wrong = cases.filter(({ id, withdrawn }) => withdrawn === world.applied.includes(id));
    expect(wrong).toEqual([]);
    for (const { id } of cases) expect(world.row(id).state).toMatch(/^(open|closed)$/);
  });

  it('refuses a second decision while the first waits, and repeats the answer to the first', async () => {
    const { world, temporal } = stage();
    world.graceMs = 2_000;
    const id = world.openConflict();
    const input = decisionOn(id);
    const first = await decideConflict(temporal, ref(id), input);
    await expect(decideConflict(temporal, ref(id), decisionOn(id))).rejects.toMatchObject({
      kind: 'rejected',
      type: DECISION_FAILURES.closed,
      details: [{ phase: 'deciding', decisionId: input.decisionId }],
    });
    expect(await decideConflict(temporal, ref(id), input)).toEqual(first);
    expect(world.called('recordDecision')).toHaveLength(1);
  });

  it('refuses to take back what is being written', async () => {
    const { world, temporal } = stage();
    world.graceMs = 50;
    const id = world.openConflict();
    let release = (): void => undefined;
    const writing = new Promise<void>((resolve) => (release = resolve));
    world.overrides.applyPlan = async () => writing.then(() => NOTHING_APPLIED);
    const { decisionId } = await decideConflict(temporal, ref(id), decisionOn(id));
    await until(() => expect(world.called('applyPlan')).toHaveLength(1));
    const withdrawal = withdrawDecision(temporal, { conflictId: id, decisionId, actorId: 'anna' });
    await expect(withdrawal).rejects.toMatchObject({ kind: 'rejected', type: DECISION_FAILURES.closed });
    release();
    await until(() => expect(world.row(id).state).toBe('closed'));
  });
});

describe('a question whose facts change', () => {
  it('refuses a decision on the old facts and stays open', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const decision = decideConflict(temporal, ref(id), decisionOn(id, { version: 'older' }));
    await expect(decision).rejects.toMatchObject({ kind: 'rejected', type: DECISION_FAILURES.stale });
    await decideConflict(temporal, ref(id), decisionOn(id));
    await until(() => expect(world.row(id).state).toBe('closed'));
  });

  it('is open again when they change during the grace time, with nothing written', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    await decideConflict(temporal, ref(id), decisionOn(id));
    world.row(id).version = 'v2';
    await signalFactsChanged(temporal, id);
    await until(async () => expect((await handle.query(view)).phase).toBe('open'));
    const ofCase = (input: unknown) => JSON.stringify(input).includes(`"conflictId":"${id}"`);
    await until(() => expect(world.called('planDecision').filter(ofCase)).toHaveLength(1));
    expect(world.called('applyPlan').filter(ofCase)).toEqual([]);
    expect(world.applied).not.toContain(id);
  });

  it('ends its process when it vanished', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    await until(async () => expect((await handle.query(view)).phase).toBe('open'));
    world.row(id).state = 'closed';
    await signalFactsChanged(temporal, id);
    await handle.result();
    await expect(decideConflict(temporal, ref(id), decisionOn(id))).rejects.toMatchObject({
      kind: 'rejected',
    });
    expect(world.applied).not.toContain(id);
  });
});

describe('a question that waits', () => {
  it('reminds again and again, and counts', async () => {
    const { world } = stage();
    const id = world.openConflict();
    await startCase(stage(), id, { remindEveryMs: 150 });
    await until(() => expect(world.called('remindOfConflict').length).toBeGreaterThanOrEqual(3));
    const counts = world.called('remindOfConflict').map((input) => Number(fieldOf(input, 'reminders')));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(counts).size).toBe(counts.length);
    world.row(id).state = 'closed';
    await signalFactsChanged(stage().temporal, id);
  });

  it('does not remind while it is snoozed', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    await startCase(stage(), id, { remindEveryMs: 600 });
    const until1 = new Date(Date.now() + 3_600_000).toISOString();
    await snoozeConflict(temporal, ref(id), { until: until1, untilChange: false, actorId: 'anna' });
    await until(() => expect(world.row(id).snoozedUntil).toBe(until1));
    world.calls.length = 0; // on a busy machine the snooze may come after a first reminder
    await pause(900);
    expect(world.called('remindOfConflict')).toEqual([]);
    await decideConflict(temporal, ref(id), decisionOn(id));
    await until(() => expect(world.row(id).state).toBe('closed'));
  });

  it('can be asked about in the ticket, and is not reminded of until then', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id, { remindEveryMs: 600 });
    expect(await askAgent(temporal, ref(id), { askId: randomUUID() })).toMatchObject({
      noteId: '90',
      asleep: true,
    });
    world.calls.length = 0;
    await pause(900);
    expect(world.called('remindOfConflict')).toEqual([]);
    expect(await handle.query(view)).toMatchObject({ phase: 'open' });
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
  });

  it('is decided while its ticket does not answer; the same question sent twice is put once at a time', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    const [asking, most] = [new Set<symbol>(), { atOnce: 0 }];
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    world.overrides.askAgent = async () => {
      const turn = Symbol('turn');
      asking.add(turn);
      most.atOnce = Math.max(most.atOnce, asking.size);
      await answered;
      asking.delete(turn);
      return { noteId: '90', asleep: true, until: null };
    };
    const question = { askId: randomUUID() };
    const both = Promise.allSettled([
      askAgent(temporal, ref(id), question),
      askAgent(temporal, ref(id), question),
    ]);
    await until(() => expect(asking.size).toBe(1));
    await decideConflict(temporal, ref(id), decisionOn(id));
    answer();
    const [first, second] = await both;
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']); // it was decided by then
    expect(most.atOnce).toBe(1);
    await handle.result();
    expect(world.row(id).state).toBe('closed');
  });

  it('tells who asks why a question was refused, keeps that, and waits on', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    const why = { code: 'note_not_allowed', facts: {} };
    world.overrides.askAgent = async () => {
      throw ApplicationFailure.create({ type: NOTE_REFUSED, details: [why], nonRetryable: true });
    };
    const question = { askId: randomUUID() };
    await expect(askAgent(temporal, ref(id), question)).rejects.toMatchObject({
      ...{ kind: 'rejected', type: NOTE_REFUSED, details: [why] },
    });
    expect(world.called('noteUnasked')).toEqual([question]);
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
  });

  it('is given to somebody and waits on; one that cannot be given can still be decided', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    const assignment = { assigneeId: 'berta', actorId: 'anna' };
    await assignConflict(temporal, ref(id), assignment);
    await until(() => expect(world.called('assignConflict')).toEqual([{ conflictId: id, ...assignment }]));
    expect(await handle.query(view)).toMatchObject({ phase: 'open' });
    let refused = false;
    world.overrides.assignConflict = async () => {
      refused = true;
      throw ApplicationFailure.nonRetryable('there is no such user');
    };
    await assignConflict(temporal, ref(id), { assigneeId: 'nobody', actorId: 'anna' });
    await until(() => expect(refused).toBe(true));
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    expect(world.row(id).state).toBe('closed');
  });
});

describe('a decision that cannot be written yet', () => {
  it('is tried again until the target is back', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    let tries = 0;
    world.overrides.applyPlan = async () => ({ ...NOTHING_APPLIED, targetPaused: (tries += 1) < 4 });
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    expect(tries).toBe(4);
    expect(world.called('settleDecision')).toHaveLength(1);
  });

  it('waits between two looks while a write of it is still under way', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id, { retryFirstMs: 300, retryMostMs: 300 });
    const plain = world.activities();
    const looks: number[] = [];
    world.overrides.settleDecision = async (input) => {
      looks.push(Date.now());
      if (looks.length === 3) {
        Reflect.deleteProperty(world.overrides, 'settleDecision');
        return plain.settleDecision(input);
      }
      const { decisionId } = input;
      return { state: 'applying', decisionId, applyAfter: null, snoozedUntil: null };
    };
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    expect(looks).toHaveLength(3);
    const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(290);
  });

  it('survives a failure of ours while planning', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    let tries = 0;
    world.overrides.planDecision = async () => {
      if ((tries += 1) < 3) throw ApplicationFailure.nonRetryable('a defect', 'TypeError');
      return { stale: false, replan: false };
    };
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    expect(world.applied).toContain(id);
  });

  it('is recorded once when the answer of the database was lost', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    await startCase(stage(), id);
    const plain = world.activities();
    const input = decisionOn(id);
    world.graceMs = 1_500;
    world.overrides.recordDecision = async (decision) => {
      Reflect.deleteProperty(world.overrides, 'recordDecision');
      await plain.recordDecision(decision);
      throw ApplicationFailure.nonRetryable('connection lost after the commit', 'Error');
    };
    expect(await decideConflict(temporal, ref(id), input)).toMatchObject({ decisionId: input.decisionId });
    expect(world.called('recordDecision').length).toBeGreaterThan(1);
    await until(() => expect(world.row(id).state).toBe('closed'));
    expect(world.applied.filter((applied) => applied === id)).toHaveLength(1);
  });
});

describe('a gap that is closed', () => {
  it('lets everything that waited behind it go on', async () => {
    const { world, temporal } = stage();
    const id = world.openConflict();
    const handle = await startCase(stage(), id);
    world.overrides.planDecision = async () => ({ stale: false, replan: true });
    await decideConflict(temporal, ref(id), decisionOn(id));
    await handle.result();
    const scopes = world.called('reconcile').map((input) => fieldOf(input, 'scope'));
    expect(scopes).toEqual([{ kind: 'conflict', conflictId: id }, { kind: 'bridge' }]);
  });
});
