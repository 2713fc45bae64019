import {
  formatCount,
  formatDateTime,
  formatDay,
  formatDifference,
  formatDuration,
  quote,
  type Language,
} from './format.js';

/** A fact inside a sentence, as data. */
export type Fact = string | number | boolean | null | readonly string[];
export type Facts = Readonly<Record<string, Fact>>;

/** Reads facts in the way of a language. A fact that is missing reads as a dash, never as "undefined". */
export type FactReader = {
  /** `1:30 h` */
  readonly duration: (name: string) => string;
  /** `+0:30 h` */
  readonly difference: (name: string) => string;
  readonly day: (name: string) => string;
  readonly moment: (name: string) => string;
  readonly text: (name: string) => string;
  readonly quoted: (name: string) => string;
  readonly count: (name: string) => string;
  readonly number: (name: string) => number;
  readonly list: (name: string) => readonly string[];
  readonly has: (name: string) => boolean;
  /** The word for one or for several, without the number. */
  readonly plural: (name: string, one: string, several: string) => string;
};

const MISSING = '–';

export function readFacts(facts: Facts, language: Language, timeZone?: string): FactReader {
  const numberOf = (name: string): number => {
    const fact = facts[name];
    return typeof fact === 'number' ? fact : 0;
  };
  const has = (name: string): boolean =>
    facts[name] !== undefined && facts[name] !== null && facts[name] !== '';
  const textOf = (name: string): string => {
    const fact = facts[name];
    if (typeof fact === 'object' && fact !== null) return fact.join(', ');
    return has(name) ? String(fact) : MISSING;
  };
  const list = (name: string): readonly string[] => {
    const fact = facts[name];
    return typeof fact === 'object' && fact !== null ? fact : [];
  };
  return {
    duration: (name) => (has(name) ? formatDuration(numberOf(name)) : MISSING),
    difference: (name) => (has(name) ? formatDifference(numberOf(name)) : MISSING),
    day: (name) => (has(name) ? formatDay(textOf(name), language) : MISSING),
    moment: (name) => (has(name) ? formatDateTime(textOf(name), language, timeZone) : MISSING),
    text: textOf,
    quoted: (name) => quote(textOf(name), language),
    count: (name) => formatCount(numberOf(name), language),
    number: numberOf,
    list,
    has,
    plural: (name, one, several) => (numberOf(name) === 1 ? one : several),
  };
}
