import { describe, expect, it } from 'vitest';
import { draftOf, RULE_KINDS, ruleOf, thensOf } from './rule-draft';

const rule = {
  id: 'a',
  name: 'Kleine',
  when: { kinds: ['target_changed' as const], userIds: ['3'], secondsBelow: 900 },
  then: 'keep_target' as const,
  enabled: false,
};

describe('what a rule may do', () => {
  it('never deletes, never takes a similar entry, and is not shown gaps or guards', () => {
    const all = RULE_KINDS.flatMap(thensOf);
    expect(all).not.toContain('delete_target');
    expect(all).not.toContain('keep_one');
    expect(thensOf('ambiguous')).not.toContain('link');
    expect(RULE_KINDS).not.toContain('guard');
    expect(RULE_KINDS).not.toContain('unmapped_user');
  });
});

describe('ruleOf', () => {
  it('gives back the rule it began with, with conditions the editor does not show', () => {
    expect(ruleOf(draftOf(rule), rule)).toEqual(rule);
  });
  it('makes nothing of a duration that cannot be read, a blank name or a choice that does not fit', () => {
    const draft = draftOf(rule);
    expect(ruleOf({ ...draft, below: 'bald' }, rule)).toBeNull();
    expect(ruleOf({ ...draft, name: ' ' }, rule)).toBeNull();
    expect(ruleOf({ ...draft, then: 'delete_target' }, rule)).toBeNull();
  });
});
