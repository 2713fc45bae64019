import { describe, expect, it } from 'vitest';
import { parametersOf } from './decision-parameters.js';
import { CommandFailed } from './failure.js';

const failure = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (cause) {
    return cause instanceof CommandFailed ? [cause.exitCode, cause.message] : cause;
  }
};

describe('what is given beside a choice', () => {
  it('is nothing at all where nothing was given', () => {
    expect(parametersOf({})).toBeUndefined();
  });

  it('names the side that each field takes', () => {
    expect(parametersOf({ field: ['duration=zammad', 'project=kimai', 'person=kimai'] })).toEqual({
      fields: { seconds: 'source', projectId: 'target', userId: 'target' },
    });
  });

  it('says what is sent instead, the duration in hours and minutes', () => {
    expect(parametersOf({ begin: '14:30', duration: '1:05', project: '7' })).toEqual({
      edit: { begin: '14:30', seconds: 3900, projectId: '7' },
    });
    expect(parametersOf({ target: '31', duration: '24:00' })).toEqual({
      targetId: '31',
      edit: { seconds: 86_400 },
    });
  });

  it.each(['toString=zammad', 'duration=both', 'duration', '', 'duration=toString'])(
    'says what a field must look like when it is %j',
    (field) => {
      const said = failure(() => parametersOf({ field: [field] }));
      expect(said).toEqual([2, expect.stringContaining('duration, day, project, activity, person')]);
    },
  );

  it.each(['75', '1:5', '1:60', '-1:00', '1,5', '100:00'])('does not guess what %j means', (duration) => {
    expect(failure(() => parametersOf({ duration }))).toEqual([2, expect.stringContaining('such as 1:15')]);
  });
});
