import type { BodyOf } from '../../../api/contract';
import type { Bridge } from '../../../api/bridges/bridge-shape.contract';
import type { updateBridge } from '../../../api/bridges/update-bridge.contract';
import type { BridgeMode, Policies } from '../../../domain/policies';
import { TOKEN_RISK } from '../../../domain/token-risk';
import { isTimeZone } from '../../../api/connectors/connector-shape.contract';
import { formatDuration, parseDuration } from '../../format/duration';
import type { MessageKey } from '../../i18n/use-t';
import { POLICY_NAMES, type PolicyName } from './policy-fields';
import { looksLikeCron } from './schedule-presets';

export type BridgeChanges = BodyOf<typeof updateBridge>;

/** The settings of a bridge as a form holds them: text where people type. */
export type BridgeDraft = Pick<Policies, PolicyName> & {
  name: string;
  mode: BridgeMode;
  startFrom: string;
  /** Empty: no day is closed. */
  closedUntil: string;
  /** Ticked: an admin accepts what the token could do. */
  acceptRisk: boolean;
  quietMinutes: string;
  fuzzyPercent: string;
  /** As `h:mm`; empty: one person is enough. */
  fourEyes: string;
  dayStart: string;
  fixedProjectId: string;
  descriptionTemplate: string;
  tags: string;
  marker: boolean;
  cron: string;
  nightlyCron: string | null;
  timeZone: string;
  paused: boolean;
  /** Ids of those who take turns, in their order. */
  duty: readonly string[];
};

export function draftOf(bridge: Bridge): BridgeDraft {
  const { name, mode, startFrom, closedUntil, tokenRisk, policies, schedule } = bridge;
  return {
    ...{ name, mode, startFrom, closedUntil: closedUntil ?? '', acceptRisk: tokenRisk.accepted !== null },
    ...policies,
    quietMinutes: String(policies.quietMinutes),
    fuzzyPercent: String(Math.round(policies.fuzzyThreshold * 100)),
    fourEyes:
      policies.fourEyesSeconds === null ? '' : formatDuration(policies.fourEyesSeconds, { unit: false }),
    fixedProjectId: policies.fixedProjectId ?? '',
    tags: policies.tags.join(', '),
    ...schedule,
    duty: bridge.duty.people.map(({ id }) => id),
  };
}

/**
 * What is wrong with a field, by the key of its sentence.
 * @param away people who may not decide any more: a list that is sent anew must not name them.
 */
export function draftProblems(
  draft: BridgeDraft,
  powerful: boolean | null = null,
  away: ReadonlySet<string> = new Set(),
): Partial<Record<keyof BridgeDraft, MessageKey>> {
  const problems: Partial<Record<keyof BridgeDraft, MessageKey>> = {};
  if (!draft.name.trim()) problems.name = 'setup.required';
  if (!draft.startFrom) problems.startFrom = 'bridges.dayMissing';
  if (powerful === true && draft.mode === 'live') {
    if (!draft.acceptRisk) problems.acceptRisk = 'bridges.risk.missing';
    if (!draft.closedUntil) problems.closedUntil = 'bridges.risk.closedMissing';
  }
  if (!isWhole(draft.quietMinutes, 60)) problems.quietMinutes = 'bridges.quietInvalid';
  if (!isWhole(draft.fuzzyPercent, 100)) problems.fuzzyPercent = 'bridges.fuzzyInvalid';
  if (fourEyesOf(draft.fourEyes) === undefined) problems.fourEyes = 'bridges.fourEyesInvalid';
  if (draft.project === 'fixed' && !draft.fixedProjectId)
    problems.fixedProjectId = 'bridges.fixedProjectMissing';
  if (!draft.descriptionTemplate.trim()) problems.descriptionTemplate = 'setup.required';
  if (!looksLikeCron(draft.cron)) problems.cron = 'bridges.cronInvalid';
  if (draft.nightlyCron !== null && !looksLikeCron(draft.nightlyCron))
    problems.nightlyCron = 'bridges.cronInvalid';
  if (!draft.timeZone || !isTimeZone(draft.timeZone)) problems.timeZone = 'bridges.timeZoneInvalid';
  if (draft.duty.some((id) => away.has(id))) problems.duty = 'bridges.duty.awayProblem';
  return problems;
}

/** Undefined for what is no such duration. */
function fourEyesOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const seconds = parseDuration(text);
  return seconds === null || seconds < 60 || seconds > 360_000 ? undefined : seconds;
}

const isWhole = (text: string, most: number) => /^\d{1,3}$/.test(text.trim()) && Number(text) <= most;

/** Only what differs from the bridge; null when nothing does. */
export function changesOf(bridge: Bridge, draft: BridgeDraft): BridgeChanges | null {
  const before = draftOf(bridge);
  const changed = (field: keyof BridgeDraft) => before[field] !== draft[field];
  const policies = policyChanges(draft, changed);
  const changes: BridgeChanges = {
    ...(changed('name') && { name: draft.name.trim() }),
    ...(changed('mode') && { mode: draft.mode }),
    ...(changed('startFrom') && { startFrom: draft.startFrom }),
    ...(changed('closedUntil') && { closedUntil: draft.closedUntil || null }),
    ...(changed('acceptRisk') && draft.acceptRisk && { acceptTokenRisk: TOKEN_RISK }),
    ...(Object.keys(policies).length > 0 && { policies }),
    ...(SCHEDULE.some(changed) && { schedule: scheduleOf(draft) }),
    ...(dutyChanged(bridge, draft) && { duty: { people: [...draft.duty] } }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

/** Whether other people take turns than before, or in another order. */
export const dutyChanged = ({ duty }: Bridge, draft: BridgeDraft): boolean =>
  duty.people.map(({ id }) => id).join() !== draft.duty.join();

const SCHEDULE = ['cron', 'nightlyCron', 'timeZone', 'paused'] as const;
const scheduleOf = ({ cron, nightlyCron, timeZone, paused }: BridgeDraft) => ({
  ...{ cron: cron.trim(), nightlyCron: nightlyCron?.trim() ?? null, timeZone, paused },
});

function policyChanges(
  draft: BridgeDraft,
  changed: (field: keyof BridgeDraft) => boolean,
): NonNullable<BridgeChanges['policies']> {
  const choices = Object.fromEntries(POLICY_NAMES.filter(changed).map((name) => [name, draft[name]]));
  return {
    ...choices,
    ...(changed('quietMinutes') && { quietMinutes: Number(draft.quietMinutes) }),
    ...(changed('fuzzyPercent') && { fuzzyThreshold: Number(draft.fuzzyPercent) / 100 }),
    ...(changed('fourEyes') && { fourEyesSeconds: fourEyesOf(draft.fourEyes) ?? null }),
    ...(changed('dayStart') && { dayStart: draft.dayStart }),
    ...(changed('fixedProjectId') && { fixedProjectId: draft.fixedProjectId || null }),
    ...(changed('descriptionTemplate') && { descriptionTemplate: draft.descriptionTemplate.trim() }),
    ...(changed('tags') && { tags: tagsOf(draft.tags) }),
    ...(changed('marker') && { marker: draft.marker }),
  };
}

export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
];

/** What a template may name. */
export const TEMPLATE_PLACEHOLDERS = '{ticket.number} {ticket.title} {type} {person} {organization}';

/** What the template makes of a ticket that everyone can picture. */
export function templateExample(template: string): string {
  const values: Readonly<Record<string, string>> = {
    'ticket.number': '50012',
    'ticket.title': 'Drucker im Lager druckt nicht',
    type: 'Support',
    person: 'Anna Vogt',
    organization: 'Autohaus Kern KG',
  };
  return template.replace(/\{([a-z.]+)\}/g, (whole, name: string) => values[name] ?? whole);
}
