import type { BodyOf, ReplyOf } from '../../../api/contract';
import type { listRules } from '../../../api/rules/list-rules.contract';
import type { replaceRules } from '../../../api/rules/replace-rules.contract';
import { CHOICES_BY_KIND, CONFLICT_KINDS, type ConflictKind } from '../../../domain/conflict';
import { ruleMayChoose } from '../../../domain/rules';
import { formatDuration, parseDuration } from '../../format/duration';

export type Rule = ReplyOf<typeof listRules>['items'][number];
export type RuleInput = BodyOf<typeof replaceRules>['items'][number];
export type Then = Rule['then'];

/** The choices that a rule may make for a kind; `ask` turns an automatic step into a question. */
export const thensOf = (kind: ConflictKind): Then[] => [
  ...CHOICES_BY_KIND[kind].filter((choice) => ruleMayChoose(choice, kind)),
  'ask',
];

/** Kinds that rules get to see at all. */
export const RULE_KINDS: readonly ConflictKind[] = CONFLICT_KINDS.filter((kind) => thensOf(kind).length > 1);

/** A rule as the simple editor holds it: one kind, one customer, a span of durations. */
export type RuleDraft = {
  name: string;
  kind: string;
  customer: string;
  below: string;
  from: string;
  then: string;
};

export function draftOf(rule: RuleInput | null): RuleDraft {
  const time = (seconds: number | undefined) =>
    seconds === undefined ? '' : formatDuration(seconds, { unit: false });
  return {
    name: rule?.name ?? '',
    kind: rule?.when.kinds?.[0] ?? RULE_KINDS[0] ?? '',
    customer: rule?.when.customerKeys?.[0] ?? '',
    below: time(rule?.when.secondsBelow),
    from: time(rule?.when.secondsFrom),
    then: rule?.then ?? 'ask',
  };
}

/** The rule that the draft describes; conditions that the editor does not show are kept. Null while something is wrong. */
export function ruleOf(draft: RuleDraft, before: RuleInput | null): RuleInput | null {
  const kind = RULE_KINDS.find((known) => known === draft.kind);
  const then = kind && thensOf(kind).find((known) => known === draft.then);
  const below = draft.below.trim() ? parseDuration(draft.below) : undefined;
  const from = draft.from.trim() ? parseDuration(draft.from) : undefined;
  if (!draft.name.trim() || !kind || !then || below === null || from === null || below === 0) return null;
  const { userIds, activityTypeIds } = before?.when ?? {};
  return {
    ...(before?.id !== undefined && { id: before.id }),
    ...{ name: draft.name.trim(), then, enabled: before?.enabled ?? true },
    when: {
      kinds: [kind],
      ...(draft.customer && { customerKeys: [draft.customer] }),
      ...(userIds && { userIds }),
      ...(activityTypeIds && { activityTypeIds }),
      ...(below !== undefined && { secondsBelow: below }),
      ...(from !== undefined && { secondsFrom: from }),
    },
  };
}

/** Whether the editor can show the rule whole; one with several kinds or customers came from elsewhere. */
export const isSimple = ({ when }: RuleInput): boolean =>
  (when.kinds?.length ?? 0) === 1 && (when.customerKeys?.length ?? 0) <= 1;

/** What is sent back: the revision is the server's. */
export const inputOf = ({ id, name, when, then, enabled }: Rule): RuleInput => ({
  id,
  name,
  when,
  then,
  enabled,
});
