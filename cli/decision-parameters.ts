import type { BodyOf } from '../api/contract.js';
import type { decideConflict } from '../api/conflicts/decide-conflict.contract.js';
import { CommandFailed, EXIT } from './failure.js';

export type Parameters = BodyOf<typeof decideConflict>['parameters'];

/** What `decide` is given beside the choice, as it stands on the command line. */
export type ParameterFlags = {
  readonly target?: string;
  readonly field?: readonly string[];
  readonly begin?: string;
  readonly duration?: string;
  readonly project?: string;
};

/** The fields of a case by the names that the command line uses for them. */
export const FIELD_NAMES = {
  duration: 'seconds',
  day: 'day',
  project: 'projectId',
  activity: 'activityId',
  person: 'userId',
} as const;

const SIDES = { zammad: 'source', kimai: 'target' } as const;

/**
 * The parameters of a decision; those that were not given are left out.
 * @throws CommandFailed with the exit code of wrong use, when a field, side or duration is none.
 */
export function parametersOf({ target, field, begin, duration, project }: ParameterFlags): Parameters {
  const edit = {
    ...(begin !== undefined && { begin }),
    ...(duration !== undefined && { seconds: secondsOf(duration) }),
    ...(project !== undefined && { projectId: project }),
  };
  const parameters = {
    ...(target !== undefined && { targetId: target }),
    ...(field !== undefined && { fields: Object.fromEntries(field.map(pickOf)) }),
    ...(Object.keys(edit).length > 0 && { edit }),
  };
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

function pickOf(text: string): readonly [field: string, side: 'source' | 'target'] {
  const [name = '', side = ''] = text.split('=');
  if (isKeyOf(FIELD_NAMES, name) && isKeyOf(SIDES, side)) return [FIELD_NAMES[name], SIDES[side]];
  const names = Object.keys(FIELD_NAMES).join(', ');
  throw wrongUse(`--field must be one of ${names}, with =zammad or =kimai behind it; not "${text}"`);
}

const isKeyOf = <T extends object>(names: T, name: PropertyKey): name is keyof T =>
  Object.hasOwn(names, name);

/** `1:15` as seconds. */
function secondsOf(text: string): number {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined) throw wrongUse(`--duration must be hours and minutes such as 1:15; not "${text}"`);
  return Number(hours) * 3600 + Number(minutes) * 60;
}

const wrongUse = (message: string) => new CommandFailed(message, 'usage', EXIT.wrongUse);
