import { fittedExponent } from './kit.js';
import { isMet, measuredOf, spreadOf, type Finding, type Unit } from './finding.js';
import { PARTS, type UsageOf } from './stage/usage.js';

const DIGITS: Readonly<Record<Unit, number>> = {
  ...{
    ms: 0,
    s: 1,
    'a second': 0,
    MB: 0,
    kB: 0,
    '%': 1,
    calls: 0,
    syncs: 0,
    events: 3,
    exponent: 2,
    lost: 0,
  },
};

const NONE = '–';

/** Small times keep their first two digits: 4 ms is not 4.4 ms. */
const digitsOf = (value: number, unit: Unit): number =>
  (unit === 'ms' || unit === 'kB') && Math.abs(value) < 10
    ? 1
    : unit === 's' && Math.abs(value) >= 100
      ? 0
      : DIGITS[unit];

export const shown = (value: number, unit: Unit): string =>
  Number.isFinite(value)
    ? `${value.toFixed(digitsOf(value, unit))}${unit === 'exponent' ? '' : ` ${unit}`}`
    : NONE;

function goalOf({ goal, unit }: Finding): string {
  if (goal === null) return NONE;
  return 'atMost' in goal ? `≤ ${shown(goal.atMost, unit)}` : `≥ ${shown(goal.atLeast, unit)}`;
}

function spreadText(finding: Finding): string {
  const found = spreadOf(finding);
  return found === null || !Number.isFinite(found) ? NONE : `${Math.round(found * 100)} %`;
}

const times = (ratio: number | undefined): string =>
  ratio === undefined ? NONE : `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
const perPart = (usage: UsageOf | undefined, value: (part: UsageOf[keyof UsageOf]) => string): string =>
  usage === undefined ? NONE : PARTS.map((part) => value(usage[part])).join(' / ');

/** Rows of cells as a table in Markdown. */
export function markdownTable(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** What was measured, beside what it may be. */
export const resultTable = (findings: readonly Finding[]): string =>
  markdownTable(
    ['what', 'goal', 'measured', 'spread', 'met', 'bare loop', 'usual script'],
    findings.map((finding) => [
      finding.what,
      goalOf(finding),
      shown(measuredOf(finding), finding.unit),
      spreadText(finding),
      finding.goal === null ? NONE : isMet(finding) ? 'yes' : '**no**',
      times(finding.toBare),
      times(finding.toScript),
    ]),
  );

/** What it cost: calls, history of Temporal, memory and processor of each process. */
export const costTable = (findings: readonly Finding[]): string =>
  markdownTable(
    [
      'what',
      'calls to Zammad',
      'calls to Kimai',
      'events per entry',
      `peak MB (${PARTS.join(' / ')})`,
      `CPU s (${PARTS.join(' / ')})`,
    ],
    findings
      .filter(({ calls, usage }) => calls !== undefined || usage !== undefined)
      .map(({ what, calls, eventsPerEntry, usage }) => [
        what,
        calls === undefined ? NONE : `${calls.zammad}`,
        calls === undefined ? NONE : `${calls.kimai}`,
        eventsPerEntry === undefined ? NONE : eventsPerEntry.toFixed(3),
        perPart(usage, ({ peakMb }) => `${peakMb}`),
        perPart(usage, ({ cpuSeconds }) => cpuSeconds.toFixed(1)),
      ]),
  );

/** Cost at each size with the exponent that fits: 1 is linear, 2 quadratic. */
export const growthTable = (findings: readonly Finding[]): string =>
  markdownTable(
    ['what', 'cost at each size', 'exponent'],
    findings.flatMap(({ what, growth }) =>
      growth === undefined || growth.points.length < 2
        ? []
        : [
            [
              what,
              growth.points.map(({ size, cost }) => `${size}: ${shown(cost, growth.unit)}`).join(', '),
              fittedExponent(growth.points).toFixed(2),
            ],
          ],
    ),
  );
