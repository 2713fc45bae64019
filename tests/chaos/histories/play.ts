import { connectDatabase } from '../../../db/connection.js';
import type { Session } from '../../../db/sql.js';
import { seededRandom, type Random } from '../../../simulators/worlds/demo/random.js';
import { CallFailed, Company } from '../stage/company.js';
import type { Installation } from '../stage/installation.js';
import { Books } from './books.js';
import { gatherEvidence } from './evidence.js';
import { Faults } from './faults.js';
import { People } from './people.js';
import { personalDataInHistories } from './personal-data.js';
import { compareFully, sealAll, untilQuiet } from './quiet.js';
import { Tally } from './tally.js';
import { judge, type Verdict } from './verdict.js';

export type Played = Verdict & {
  readonly seed: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly story: readonly string[];
  /** What stands in all books, when something was found. */
  readonly evidence: readonly string[];
  readonly seconds: number;
};

export type Length = {
  /** Things that people and systems do. */
  readonly acts: number;
  /** How many of them are something that goes wrong: 0 to 1. */
  readonly trouble: number;
  /** A bound for what never ends, not a speed: see `QUIET_WITHIN_MS`. */
  readonly quietWithinMs: number;
};

/**
 * Twice the longest wait that the design allows between two looks (a probe's five minutes), because a machine that does
 * other things besides makes more calls fail, and waits grow with each failure.
 */
const QUIET_WITHIN_MS = 600_000;

export const SHORT: Length = { acts: 50, trouble: 0.3, quietWithinMs: QUIET_WITHIN_MS };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Plays the history of a seed: a company of its own joins the installation, everything becomes quiet, and what stands in the
 * books is judged. What is done and what goes wrong follows from the seed; when the processes get to it, from the machine.
 */
export async function playSeed(
  seed: number,
  installation: Installation,
  length: Length = SHORT,
): Promise<Played> {
  const since = new Date();
  const random = seededRandom(`chaos ${seed}`);
  const tally = new Tally();
  const company = await Company.open(seed);
  const db = connectDatabase(installation.databaseUrl, 'chaos', 2);
  const session = { db, tx: null };
  try {
    await company.connect(installation.api(), policiesOf(random.next()));
    tally.tell('everything runs');
    const { books, people } = await playActs(installation, company, random, tally, length);
    const restless = await becomeQuiet(installation, session, company.bridge, tally, length.quietWithinMs);
    await sealAll(session);
    const verdict = await judge(company, session, { exported: books.exported, asked: people.asked });
    const personal = await personalDataInHistories(installation, since);
    const findings = [...restless, ...verdict.findings, ...personal];
    const evidence = findings.length === 0 ? [] : await gatherEvidence(company, session);
    await company.disconnect(installation.api());
    const seconds = Math.round((Date.now() - since.getTime()) / 1_000);
    return { ...verdict, findings, seed, counts: tally.counts, story: tally.story, evidence, seconds };
  } finally {
    await db.close();
    await company.close();
  }
}

/** @returns what people did and saw, when everything that went wrong is over. */
async function playActs(
  installation: Installation,
  company: Company,
  random: Random,
  tally: Tally,
  { acts, trouble }: Length,
): Promise<{ readonly books: Books; readonly people: People }> {
  const books = new Books(company, random, tally);
  const people = new People(company.bridge, random, tally);
  const faults = new Faults(installation, company, random, tally);
  for (let act = 0; act < acts; act += 1) {
    const who = random.next();
    if (who < trouble) await faults.act();
    else if (who < trouble + 0.2) await people.act(installation.api(random.chance(0.5) ? 0 : 1));
    else await forgiving(() => books.act(), tally);
    await sleep(random.between(0, 300));
  }
  tally.tell('the last act is over');
  await faults.heal();
  tally.tell('everything is healed');
  return { books, people };
}

/** Twice compared and twice quiet: a second comparison finds nothing to do. @returns what never became quiet. */
async function becomeQuiet(
  installation: Installation,
  session: Session,
  bridge: string,
  tally: Tally,
  withinMs: number,
): Promise<readonly string[]> {
  await compareFully(installation, session, bridge, withinMs);
  tally.tell('compared');
  const left = await untilQuiet(installation, session, withinMs);
  tally.tell('quiet');
  await compareFully(installation, session, bridge, withinMs);
  const again = await untilQuiet(installation, session, withinMs);
  tally.tell('compared once more, and quiet');
  return Object.entries({ ...left, ...again }).map(
    ([what, which]) => `never quiet: ${what} ${JSON.stringify(which)}`,
  );
}

/** People meet the faults too: a system that does not answer them is tried again another time. */
async function forgiving(act: () => Promise<void>, tally: Tally): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    tally.note('a person was not answered', error.message);
  }
}

/** Every bridge is set up differently. */
function policiesOf(dice: number) {
  if (dice < 0.4) return {};
  if (dice < 0.6) return { sourceDeletions: 'delete' } as const;
  if (dice < 0.8) return { targetEdits: 'overwrite' } as const;
  return { newEntries: 'ask' } as const;
}
