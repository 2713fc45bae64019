import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../../domain/conflict';
import { fakeCases } from '../../../dev/fake-cases';
import { ruleOffer } from './rule-offer';

const found = fakeCases(new Date('2026-11-23T12:00:00Z')).find(
  ({ conflict }) => conflict.kind === 'target_changed' && conflict.customerKey !== null,
);
if (!found) throw new Error('a changed case of a customer is needed');
const detail = found;

const decided = (choices: readonly Choice[], kind: 'person' | 'rule' = 'person') => ({
  ...detail,
  previousDecisions: choices.map((choice, index) => ({
    conflictId: `${index + 100}`,
    ticketNumber: null,
    secondsAtStake: 900,
    decision: {
      id: crypto.randomUUID(),
      choice,
      parameters: {},
      note: null,
      actor: { kind, id: '1', name: 'Jana' },
      state: 'applied' as const,
      decidedAt: '2026-11-20T09:00:00Z',
      applyAfter: '2026-11-20T09:00:10Z',
      finishedAt: null,
      outcome: null,
      bulkId: null,
    },
  })),
});

describe('a rule is offered', () => {
  it('after three equal answers in a row, with how many there were', () => {
    const answers = decided(['keep_target', 'keep_target', 'keep_target', 'keep_target', 'take_source']);
    expect(ruleOffer(answers)).toEqual({ choice: 'keep_target', times: 4 });
  });
  it.each([
    ['too few', decided(['keep_target', 'keep_target'])],
    ['not the newest ones', decided(['take_source', 'keep_target', 'keep_target', 'keep_target'])],
    ['what only a person may choose', decided(['per_field', 'per_field', 'per_field'])],
    ['a rule answered, not a person', decided(['keep_target', 'keep_target', 'keep_target'], 'rule')],
    [
      'no customer',
      {
        ...decided(['keep_target', 'keep_target', 'keep_target']),
        conflict: { ...detail.conflict, customerKey: null },
      },
    ],
  ])('but not for: %s', (_name, answers) => {
    expect(ruleOffer(answers)).toBeNull();
  });
});
