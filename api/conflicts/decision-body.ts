import type { DecisionParameters } from '../../domain/conflict.js';
import type { BodyOf } from '../contract.js';
import type { proposeDecision } from './propose-decision.contract.js';

type Body = Pick<BodyOf<typeof proposeDecision>, 'parameters'>;

/** Members that were left out stay left out. */
export function parametersOf({ parameters }: Body): DecisionParameters {
  const { targetId, fields, edit } = parameters ?? {};
  return {
    ...(targetId === undefined ? {} : { targetId }),
    ...(fields === undefined || fields === null ? {} : { fields }),
    ...(edit === undefined ? {} : { edit: withoutAbsent(edit) }),
  };
}

const withoutAbsent = ({
  begin,
  seconds,
  projectId,
}: NonNullable<NonNullable<Body['parameters']>['edit']>) => ({
  ...(begin === undefined ? {} : { begin }),
  ...(seconds === undefined ? {} : { seconds }),
  ...(projectId === undefined ? {} : { projectId }),
});
