import type { Choice, DecisionParameters } from '../../../../domain/conflict';
import type { ConflictDetail } from '../../../data/conflicts';
import type { MessageKey } from '../../../i18n/use-t';
import type { Picks } from './comparison';

export type ChoicePreview = ConflictDetail['choices'][number];

/** What a choice must be given before it can be taken. */
export type Need = 'target' | 'mapping' | 'fields' | 'edit';

export type ChoiceOption = {
  readonly choice: Choice;
  /** One for each thing it could be about; a single one when there is nothing to choose. */
  readonly previews: readonly ChoicePreview[];
  readonly need: Need | null;
  /** The key that takes it. */
  readonly key: string;
};

/** What the person has entered so far, for whichever choice. */
export type Draft = {
  readonly targetId: string | null;
  readonly mappingId: string | null;
  readonly picks: Picks;
  readonly edit: NonNullable<DecisionParameters['edit']> | null;
};

const OWN_NEEDS: Readonly<Partial<Record<Choice, Need>>> = {
  map: 'mapping',
  per_field: 'fields',
  edit_and_retry: 'edit',
};
/** The same key means the same everywhere: 1 Zammad, 2 Kimai, 3 skip, e field by field. */
const OWN_KEYS: Readonly<Partial<Record<Choice, string>>> = {
  take_source: '1',
  keep_target: '2',
  skip: '3',
  per_field: 'e',
};

/** The decisions of a case in the order of its kind, each with its previews gathered. */
export function optionsOf(previews: readonly ChoicePreview[]): ChoiceOption[] {
  const choices = [...new Set(previews.map(({ choice }) => choice))];
  const taken = new Set(choices.flatMap((choice) => OWN_KEYS[choice] ?? []));
  const free = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].filter((key) => !taken.has(key));
  return choices.map((choice) => {
    const own = previews.filter((preview) => preview.choice === choice);
    const byTarget = own.some(({ targetId }) => targetId !== null);
    return {
      choice,
      previews: own,
      need: OWN_NEEDS[choice] ?? (byTarget ? 'target' : null),
      key: OWN_KEYS[choice] ?? free.shift() ?? '',
    };
  });
}

/** The preview that fits what is chosen now; before anything is chosen, the first that is possible. */
export function previewOf(option: ChoiceOption, draft: Draft): ChoicePreview | undefined {
  const id = option.need === 'mapping' ? draft.mappingId : draft.targetId;
  const chosen = option.previews.find(({ targetId }) => targetId !== null && targetId === id);
  return chosen ?? option.previews.find(({ refusal }) => refusal === null) ?? option.previews[0];
}

/** Why a choice cannot be taken at all, whatever is chosen with it. */
export function refusalOf({ previews }: ChoiceOption): ChoicePreview['refusal'] {
  return previews.every(({ refusal }) => refusal) ? (previews[0]?.refusal ?? null) : null;
}

export type Readiness =
  | { readonly ready: true; readonly parameters: DecisionParameters }
  | { readonly ready: false; readonly missing: MessageKey };

/** Whether a choice can be taken with what was entered, and what then goes with it. */
export function readiness(option: ChoiceOption, draft: Draft, differing: readonly string[]): Readiness {
  switch (option.need) {
    case 'target':
      return withTarget(targetFor(option, draft), 'item.chooseTargetFirst');
    case 'mapping':
      return withTarget(draft.mappingId, 'item.chooseMappingFirst');
    case 'fields':
      return perFieldOf(draft, differing.filter(isPickable));
    case 'edit':
      return draft.edit
        ? { ready: true, parameters: { edit: draft.edit } }
        : { ready: false, missing: 'item.edit.durationInvalid' };
    case null:
      return { ready: true, parameters: {} };
  }
}

/** Begin within the day and words are Kimai's own: they are shown, but there is nothing to decide about them. */
export function isPickable(field: string): boolean {
  return ['seconds', 'day', 'projectId', 'activityId', 'userId'].includes(field);
}

function perFieldOf({ picks }: Draft, fields: readonly string[]): Readiness {
  return fields.every((field) => picks[field])
    ? { ready: true, parameters: { fields: pickOf(picks, fields) } }
    : { ready: false, missing: 'item.chooseFieldsFirst' };
}

/** Whether what it would do depends on an entry that nobody has chosen yet. */
export const isUndecided = (option: ChoiceOption, draft: Draft): boolean =>
  option.need === 'target' && refusalOf(option) === null && targetFor(option, draft) === null;

/** The one entry that decisions of the case can be about; null when there are several, or none. */
export function onlyTarget(options: readonly ChoiceOption[]): string | null {
  const possible = options
    .filter(({ need }) => need === 'target')
    .flatMap(({ previews }) => previews.filter(({ refusal }) => refusal === null));
  const [first, ...others] = new Set(possible.flatMap(({ targetId }) => targetId ?? []));
  return first !== undefined && others.length === 0 ? first : null;
}

/** A single possible target needs no choosing. */
function targetFor(option: ChoiceOption, draft: Draft): string | null {
  const possible = option.previews.filter(({ refusal }) => refusal === null);
  const targets = possible.flatMap(({ targetId }) => targetId ?? []);
  if (targets.length === 1) return targets[0] ?? null;
  return draft.targetId !== null && targets.includes(draft.targetId) ? draft.targetId : null;
}

function withTarget(targetId: string | null, missing: MessageKey): Readiness {
  return targetId === null ? { ready: false, missing } : { ready: true, parameters: { targetId } };
}

function pickOf(picks: Picks, fields: readonly string[]): Record<string, 'source' | 'target'> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const side = picks[field];
      return side ? [[field, side] as const] : [];
    }),
  );
}
