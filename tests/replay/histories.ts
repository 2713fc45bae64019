import { readdirSync, readFileSync } from 'node:fs';

/** Histories are named `<release>--<scenario>.json`; this is the release that new ones are recorded for. */
export const RELEASE = '0.1';

const FOLDER = new URL('./histories/', import.meta.url);

export const historyFile = (release: string, scenario: string): URL =>
  new URL(`${release}--${scenario}.json`, FOLDER);

export type Recorded = { readonly scenario: string; readonly workflowId: string; readonly history: unknown };

/** Every committed history, of all releases. */
export function readHistories(): readonly Recorded[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const history: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
      return { scenario: name.replace(/^.*?--|\.json$/g, ''), workflowId: name, history };
    });
}
