import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../../domain/conflict';
import {
  isUndecided,
  onlyTarget,
  optionsOf,
  previewOf,
  readiness,
  type ChoicePreview,
  type Draft,
} from './choices';

const preview = (choice: Choice, targetId: string | null = null): ChoicePreview => ({
  choice,
  targetId,
  effect: { code: `effect.${choice}.${targetId ?? 'one'}`, facts: {} },
  desired: null,
  refusal: null,
});
const draft = (changes: Partial<Draft> = {}): Draft => ({
  targetId: null,
  mappingId: null,
  picks: {},
  edit: null,
  ...changes,
});
const only = (previews: ChoicePreview[]) => {
  const option = optionsOf(previews)[0];
  if (!option) throw new Error('no option');
  return option;
};

describe('optionsOf', () => {
  it('keeps the order and gathers previews of one choice', () => {
    const options = optionsOf([
      preview('link', '7'),
      preview('link', '9'),
      preview('create'),
      preview('skip'),
    ]);
    expect(options.map(({ choice, previews }) => [choice, previews.length])).toEqual([
      ['link', 2],
      ['create', 1],
      ['skip', 1],
    ]);
  });
  it('gives Zammad, Kimai, skip and per field the same key in every kind', () => {
    const keys = (choices: Choice[]) =>
      optionsOf(choices.map((choice) => preview(choice))).map(({ key }) => key);
    expect(keys(['take_source', 'keep_target', 'per_field', 'create', 'skip'])).toEqual([
      '1',
      '2',
      'e',
      '4',
      '3',
    ]);
    expect(keys(['keep_target', 'take_source'])).toEqual(['2', '1']);
    expect(keys(['create', 'link', 'skip'])).toEqual(['1', '2', '3']);
    expect(keys(['book_correction', 'deduct', 'credit_outside', 'leave'])).toEqual(['1', '2', '3', '4']);
  });
});

describe('readiness', () => {
  it('needs nothing for a plain choice', () => {
    expect(readiness(only([preview('keep_target')]), draft(), [])).toEqual({ ready: true, parameters: {} });
  });
  it('asks for a target only where there are several', () => {
    const several = only([preview('link', '7'), preview('link', '9')]);
    expect(readiness(several, draft(), [])).toEqual({ ready: false, missing: 'item.chooseTargetFirst' });
    expect(readiness(several, draft({ targetId: '9' }), [])).toEqual({
      ready: true,
      parameters: { targetId: '9' },
    });
    expect(readiness(only([preview('link', '7')]), draft(), [])).toEqual({
      ready: true,
      parameters: { targetId: '7' },
    });
  });
  it('does not send a target that this choice does not offer', () => {
    const several = only([preview('link', '7'), preview('link', '9')]);
    expect(readiness(several, draft({ targetId: '5' }), []).ready).toBe(false);
  });
  it('wants a side for every field that differs, and sends no other', () => {
    const option = only([preview('per_field')]);
    const picks = { seconds: 'source', day: 'target' } as const;
    expect(readiness(option, draft({ picks: { seconds: 'source' } }), ['seconds', 'day']).ready).toBe(false);
    expect(readiness(option, draft({ picks }), ['seconds'])).toEqual({
      ready: true,
      parameters: { fields: { seconds: 'source' } },
    });
  });
  it("does not ask about fields that are Kimai's own", () => {
    const option = only([preview('per_field')]);
    expect(
      readiness(option, draft({ picks: { seconds: 'target' } }), ['seconds', 'description', 'begin']),
    ).toEqual({
      ready: true,
      parameters: { fields: { seconds: 'target' } },
    });
  });
  it('wants the Kimai id of a mapping', () => {
    const option = only([preview('map')]);
    expect(readiness(option, draft({ targetId: '4' }), []).ready).toBe(false);
    expect(readiness(option, draft({ mappingId: '4' }), [])).toEqual({
      ready: true,
      parameters: { targetId: '4' },
    });
  });
});

describe('previewOf', () => {
  it('follows what is chosen and falls back to the first', () => {
    const option = only([preview('link', '7'), preview('link', '9')]);
    expect(previewOf(option, draft())?.targetId).toBe('7');
    expect(previewOf(option, draft({ targetId: '9' }))?.targetId).toBe('9');
  });
});

describe('isUndecided', () => {
  it('is a choice of several entries before one is chosen, and not one of a single or of none that is possible', () => {
    const several = only([preview('link', '7'), preview('link', '9')]);
    expect(isUndecided(several, draft())).toBe(true);
    expect(isUndecided(several, draft({ targetId: '9' }))).toBe(false);
    expect(isUndecided(only([preview('link', '7')]), draft())).toBe(false);
    expect(isUndecided(only([preview('create')]), draft())).toBe(false);
    const refusal = { code: 'row_exported', facts: {} };
    const none = only([
      { ...preview('link', '7'), refusal },
      { ...preview('link', '9'), refusal },
    ]);
    expect(isUndecided(none, draft())).toBe(false);
  });
});

describe('onlyTarget', () => {
  it('is the one entry that all decisions about entries could mean', () => {
    const refusal = { code: 'row_exported', facts: {} };
    const refused = { ...preview('keep_one', '9'), refusal };
    expect(onlyTarget(optionsOf([preview('link', '7'), refused, preview('create')]))).toBe('7');
    expect(onlyTarget(optionsOf([preview('link', '7'), preview('keep_one', '9')]))).toBeNull();
    expect(onlyTarget(optionsOf([preview('create')]))).toBeNull();
  });
});
