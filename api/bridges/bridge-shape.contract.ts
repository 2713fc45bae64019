import * as yup from 'yup';
import { BRIDGE_MODES, POLICY_VALUES, type Policies } from '../../domain/policies.js';
import { TOKEN_RISK } from '../../domain/token-risk.js';
import { connectorKind } from '../connectors/connector-shape.contract.js';
import { closed, instant, isoDay, json, list, reason, slug, text, uuid } from '../fields.contract.js';

const oneOf = <V extends string>(values: readonly V[]) =>
  yup.string().oneOf(values, `\${path} must be one of: ${values.join(', ')}`);

/** All policies of a bridge (books.md, "Policies"). */
const policyFields = {
  newEntries: oneOf(POLICY_VALUES.newEntries),
  exactMatches: oneOf(POLICY_VALUES.exactMatches),
  sourceEdits: oneOf(POLICY_VALUES.sourceEdits),
  targetEdits: oneOf(POLICY_VALUES.targetEdits),
  sourceDeletions: oneOf(POLICY_VALUES.sourceDeletions),
  corrections: oneOf(POLICY_VALUES.corrections),
  placement: oneOf(POLICY_VALUES.placement),
  project: oneOf(POLICY_VALUES.project),
  customers: oneOf(POLICY_VALUES.customers),
  quietMinutes: yup.number().integer().min(0).max(60),
  marker: yup.boolean(),
  descriptionTemplate: text(500),
  tags: yup.array().of(yup.string().matches(/\S/).max(100).required()).max(20),
  billableByActivity: yup
    .mixed<Record<string, boolean>>()
    .test(
      'flags',
      '${path} must say true or false for each activity id',
      (value) => !value || Object.values(value).every((flag) => typeof flag === 'boolean'),
    ),
  fixedProjectId: yup.string().max(40).nullable(),
  dayStart: yup.string().matches(/^([01]\d|2[0-3]):[0-5]\d$/, '${path} must be a time of day as HH:mm'),
  fourEyesSeconds: yup.number().integer().min(60).max(360_000).nullable(),
  fuzzyThreshold: yup.number().min(0).max(1),
};

/** Some policies; those left out keep their value. */
export const policyChanges = () => closed(policyFields).optional();

/**
 * An admin's word that a token of too much power is used all the same. The risk is named, so that nobody says a mere yes;
 * `closedUntil` has to be set with it. Shadow mode needs neither.
 */
export const acceptTokenRisk = () => oneOf([TOKEN_RISK] as const);

export const schedule = () =>
  closed({
    /** Five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday). */
    cron: yup.string().max(120).required(),
    /** The full comparison, in the same form; null for none. */
    nightlyCron: yup.string().max(120).nullable().defined(),
    /** IANA name, e.g. `Europe/Berlin`. */
    timeZone: yup.string().max(60).required(),
    paused: yup.boolean().required(),
  });
export type Schedule = yup.InferType<ReturnType<typeof schedule>>;

const MOST_ON_DUTY = 20;

/** Who takes turns from now on, in this order; the first one begins this week. Empty: nobody. */
export const dutyChange = () =>
  closed({
    people: yup
      .array()
      .of(uuid().required())
      .max(MOST_ON_DUTY, `\${path} may name at most ${MOST_ON_DUTY} people`)
      .test(
        'named-once',
        '${path} names somebody twice',
        (people) => !people || new Set(people.map((id) => id.toLowerCase())).size === people.length,
      )
      .required(),
  }).optional();

const person = { id: uuid().required(), name: yup.string().required() };

/** Who decides week by week, from Monday to Sunday, what is assigned to nobody. */
const duty = () =>
  closed({
    /** In the order of their turns; who is not active or may not decide has none. */
    people: list(closed({ ...person, active: yup.boolean().required() })),
    /** The Monday of the first turn; null while nobody takes turns. */
    since: isoDay().nullable().defined(),
    /** Whose week it is in the bridge's time zone. */
    current: closed(person).nullable().defined(),
    /** Who follows; null when nobody else takes turns. */
    next: closed({ ...person, from: isoDay().required() })
      .nullable()
      .defined(),
  });

const side = () =>
  closed({
    id: yup.string().required(),
    kind: connectorKind().required(),
    name: yup.string().required(),
    webUrl: yup.string().required(),
    health: yup
      .string()
      .oneOf(['ok', 'paused'] as const)
      .required(),
  });

const count = () => yup.number().required();

export const bridge = () =>
  closed({
    id: slug().required(),
    name: yup.string().required(),
    source: side(),
    target: side(),
    /** Stands in the markers: `[tb-<code>-<entry id>]`. */
    code: yup.string().required(),
    mode: yup.string().oneOf(BRIDGE_MODES).required(),
    pausedCause: reason().nullable().defined(),
    startFrom: isoDay().required(),
    closedUntil: isoDay().nullable().defined(),
    policies: json<Policies>().required(),
    schedule: schedule(),
    /** The next five; null when Temporal cannot be asked, empty when paused. */
    nextRuns: list(instant().required()).nullable().defined(),
    webhook: closed({
      /** Where Zammad's webhook must point to. */
      url: yup.string().required(),
      hasSecret: yup.boolean().required(),
      /** After a rotation the secret before it is still accepted. */
      previousAccepted: yup.boolean().required(),
      /** The newest delivery with a right signature; null when none has come yet. */
      lastDeliveryAt: instant().nullable().defined(),
      /** The newest one that was turned away, and why. */
      lastRefusal: closed({
        at: instant().required(),
        cause: yup
          .string()
          .oneOf(['no_signature', 'wrong_signature', 'no_ticket'] as const)
          .required(),
      })
        .nullable()
        .defined(),
    }),
    firstRunConfirmedAt: instant().nullable().defined(),
    /** Whether the target's token could change exported time (null: no test found out), and who accepted that. */
    tokenRisk: closed({
      powerful: yup.boolean().nullable().defined(),
      accepted: closed({ name: yup.string().required(), at: instant().required() }).nullable().defined(),
    }),
    duty: duty(),
    /** Goes up with each change; `PATCH` may name it to refuse to overwrite somebody else's. */
    revision: yup.number().required(),
    entries: closed({
      new: count(),
      agreed: count(),
      waiting: count(),
      skipped: count(),
      pending: count(),
      before_start: count(),
    }),
    openConflicts: count(),
    /** Source items that have no mapping and hold entries back. */
    gaps: count(),
    lastRun: closed({
      id: yup.string().required(),
      state: yup.string().required(),
      startedAt: instant().required(),
      finishedAt: instant().nullable().defined(),
    })
      .nullable()
      .defined(),
    createdAt: instant().required(),
    updatedAt: instant().required(),
  });
export type Bridge = yup.InferType<ReturnType<typeof bridge>>;
