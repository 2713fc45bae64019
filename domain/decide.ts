import { CHOICES_BY_KIND, type Choice, type ConflictFacts, type DecisionParameters } from './conflict.js';
import { reason, type Reason } from './reason.js';

/** Longer than this is no single piece of work; Kimai refuses more than a year anyway. */
const MAX_EDITED_SECONDS = 24 * 3600;

/**
 * Whether a person may choose this now; null when they may, else why not. Looks at the facts as shown only, so that
 * the API can answer before anything is started; the version is compared where the decision is written.
 */
export function validateDecision(
  facts: ConflictFacts,
  choice: Choice,
  parameters: DecisionParameters,
): Reason | null {
  if (!CHOICES_BY_KIND[facts.kind].includes(choice))
    return reason('choice_not_offered', { choice, kind: facts.kind });
  if (choice === 'map') return parameters.targetId ? null : reason('choose_a_target');
  if (choice === 'per_field') return checkFields(facts, parameters);
  const previews = facts.choices.filter((preview) => preview.choice === choice);
  const named = previews.filter((preview) => preview.targetId === (parameters.targetId ?? null));
  // A single candidate needs no naming.
  const [chosen] =
    named.length > 0 ? named : parameters.targetId === undefined && previews.length === 1 ? previews : [];
  if (!chosen) return reason(previews.length === 0 ? 'choice_not_offered' : 'choose_a_candidate', { choice });
  if (choice === 'edit_and_retry') return checkEdit(parameters);
  return chosen.blocked;
}

function checkFields(facts: ConflictFacts, { fields = {} }: DecisionParameters): Reason | null {
  const unknown = Object.keys(fields).filter((field) => !facts.differing.some((one) => one === field));
  if (unknown.length > 0) return reason('field_not_differing', { fields: unknown });
  if (Object.keys(fields).length === 0) return reason('choose_fields', { fields: [...facts.differing] });
  const preview = facts.choices.find((one) => one.choice === 'per_field');
  // Only a field that is written to Kimai can be in the way of a lock.
  return Object.values(fields).includes('source') ? (preview?.blocked ?? null) : null;
}

function checkEdit({ edit = {} }: DecisionParameters): Reason | null {
  const { begin, seconds, projectId } = edit;
  if (begin === undefined && seconds === undefined && projectId === undefined)
    return reason('edit_something');
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds % 60 !== 0 || seconds <= 0)) {
    return reason('whole_minutes_only', { newSeconds: seconds });
  }
  if (seconds !== undefined && seconds > MAX_EDITED_SECONDS)
    return reason('longer_than_a_day', { newSeconds: seconds });
  if (begin !== undefined && !/^(\d{4}-\d{2}-\d{2}T)?([01]\d|2[0-3]):[0-5]\d(:00)?$/.test(begin)) {
    return reason('not_a_time', { begin });
  }
  return projectId === '' ? reason('choose_a_target') : null;
}
