import { readFileSync } from 'node:fs';

/** What the number of calls depends on. */
export type Sizes = { readonly entries: number; readonly rows: number; readonly tickets: number };
export type CallsOf = (sizes: Sizes) => Readonly<Record<string, number>>;

const ROW = /^\| `(?<call>[A-Z]+ [^`]+)` +\| (?<times>[^|]+?) +\| (?<why>[^|]+?) +\|$/;

/**
 * The cases of docs/calls.md: under each `##` heading a table of call, how often, and why. How often is a number or
 * `entries / 1000`, rounded up; several of them may be added.
 */
export function readCallCases(): ReadonlyMap<string, CallsOf> {
  const text = readFileSync(new URL('../../docs/calls.md', import.meta.url), 'utf8');
  const cases = new Map<string, CallsOf>();
  for (const section of text.split(/^## /m).slice(1)) {
    const [heading = '', ...lines] = section.split('\n');
    const calls = lines.flatMap((line) => {
      const { call, times } = ROW.exec(line)?.groups ?? {};
      return call === undefined || times === undefined ? [] : [{ call, times }];
    });
    if (calls.length === 0) continue;
    cases.set(heading.trim(), (sizes) =>
      Object.fromEntries(calls.map(({ call, times }) => [call, countOf(times, sizes)])),
    );
  }
  return cases;
}

const countOf = (times: string, sizes: Sizes): number =>
  times.split('+').reduce((sum, part) => sum + termOf(part.trim(), sizes), 0);

function termOf(term: string, sizes: Sizes): number {
  if (/^\d+$/.test(term)) return Number(term);
  const { size, by = '1' } = /^(?<size>entries|rows|tickets)(?: \/ (?<by>\d+))?$/.exec(term)?.groups ?? {};
  if (size !== 'entries' && size !== 'rows' && size !== 'tickets')
    throw new Error(`docs/calls.md: "${term}" is not a number of calls`);
  return Math.ceil(sizes[size] / Number(by));
}
