/** `default`: begin down, end and duration up. */
export const ROUNDING_MODES = ['default', 'floor', 'ceil', 'closest'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/**
 * How the target rounds what it is sent, as an admin copied it from its settings: no API tells it. It serves to say
 * beforehand what a write comes to, and nothing else; what the target returned is what counts (books.md, "Links").
 */
export type TargetRounding = {
  readonly mode: RoundingMode;
  /** To multiples of so many minutes; 0 leaves it as it is. */
  readonly beginMinutes: number;
  readonly endMinutes: number;
  readonly durationMinutes: number;
};

/** The names under which a connector's settings keep it; nothing is predicted while there is no mode. */
export const ROUNDING_SETTINGS = [
  'roundingMode',
  'roundingBegin',
  'roundingEnd',
  'roundingDuration',
] as const;

/** What a connector's settings say; null where nobody entered a mode. */
export function roundingOf(settings: Readonly<Record<string, unknown>>): TargetRounding | null {
  const mode = ROUNDING_MODES.find((one) => one === settings['roundingMode']);
  if (mode === undefined) return null;
  const minutesOf = (name: (typeof ROUNDING_SETTINGS)[number]): number =>
    typeof settings[name] === 'number' ? settings[name] : 0;
  return {
    mode,
    beginMinutes: minutesOf('roundingBegin'),
    endMinutes: minutesOf('roundingEnd'),
    durationMinutes: minutesOf('roundingDuration'),
  };
}
