import type { TargetRounding } from './target-rounding.js';
import type { Day } from './time-entry.js';

/** The policies of a bridge (books.md, "Policies"); the first value of each is the default. */
export const POLICY_VALUES = {
  newEntries: ['auto', 'ask'],
  exactMatches: ['adopt', 'ask'],
  sourceEdits: ['auto', 'ask'],
  targetEdits: ['ask', 'keep', 'overwrite'],
  sourceDeletions: ['ask', 'delete'],
  corrections: ['net', 'ask'],
  placement: ['ends_when_booked', 'starts_when_booked', 'day_start'],
  project: ['per_customer', 'fixed'],
  customers: ['propose', 'create'],
} as const;

type PolicyChoices = { readonly [K in keyof typeof POLICY_VALUES]: (typeof POLICY_VALUES)[K][number] };

export type Policies = PolicyChoices & {
  /** 0–60; an entry that changed less than this ago is not written yet. */
  readonly quietMinutes: number;
  readonly marker: boolean;
  /** Placeholders: {ticket.number} {ticket.title} {type} {person} {organization}. */
  readonly descriptionTemplate: string;
  readonly tags: readonly string[];
  /** Kimai activity id → explicit billable flag; an activity not named leaves it to Kimai. */
  readonly billableByActivity: Readonly<Record<string, boolean>>;
  /** The project every entry is booked on when `project` is `fixed`. */
  readonly fixedProjectId: string | null;
  /** Local time of day at which `day_start` placement begins, `HH:mm`. */
  readonly dayStart: string;
  /** From so much time on, two people must decide the same (domain/second-person.ts); null: one is enough. */
  readonly fourEyesSeconds: number | null;
  /** 0–1; a candidate below is not shown as similar. */
  readonly fuzzyThreshold: number;
};

export const DEFAULT_POLICIES: Policies = {
  newEntries: 'auto',
  exactMatches: 'adopt',
  sourceEdits: 'auto',
  targetEdits: 'ask',
  sourceDeletions: 'ask',
  corrections: 'net',
  placement: 'ends_when_booked',
  project: 'per_customer',
  customers: 'propose',
  quietMinutes: 0,
  marker: true,
  descriptionTemplate: '#{ticket.number} {ticket.title}',
  tags: ['zammad'],
  billableByActivity: {},
  fixedProjectId: null,
  dayStart: '08:00',
  fourEyesSeconds: null,
  fuzzyThreshold: 0.6,
};

export const BRIDGE_MODES = ['off', 'shadow', 'live'] as const;
export type BridgeMode = (typeof BRIDGE_MODES)[number];

/** A mapping's answer: an id of the target, or *ignore now and later*. */
export type Mapped = { readonly targetId: string } | { readonly ignored: true };

/** Keys: activity type id or `''` for *no type*; Zammad user id; `organization:<id>` or `customer:<id>`. */
export type Mappings = {
  readonly activities: Readonly<Record<string, Mapped>>;
  readonly users: Readonly<Record<string, Mapped>>;
  /** Target ids are Kimai projects. */
  readonly customers: Readonly<Record<string, Mapped>>;
};

/** All that a reconciliation needs to know about its bridge. */
export type BridgeRules = {
  readonly bridgeId: string;
  /** The `<code>` of `[tb-<code>-<entry id>]`. */
  readonly code: string;
  readonly mode: BridgeMode;
  /** IANA name; of the source connector and of the target's token user alike. */
  readonly timeZone: string;
  readonly startFrom: Day;
  /** Days up to and including this one are closed by our own lock. */
  readonly closedUntil: Day | null;
  readonly policies: Policies;
  readonly mappings: Mappings;
  /** What the target refuses by itself, as far as it tells. */
  readonly target: {
    readonly allowsFuture: boolean;
    readonly allowsOverlap: boolean;
    /** Only to say beforehand what a write comes to. */
    readonly rounding?: TargetRounding | null;
  };
};
