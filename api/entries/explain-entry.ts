import { readEntry } from '../../db/stores/conflict-detail-view.js';
import {
  conflictsOfEntries,
  readStory,
  standingsOfEntry,
  type EntryStanding,
} from '../../db/stores/story.js';
import type { Session } from '../../db/sql.js';
import { presentStoryItem } from '../conflicts/present-story.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { timesheetUrl } from '../links.js';
import { iso } from '../present.js';
import { explainEntry } from './explain-entry.contract.js';
import { presentEntry } from './present-entry.js';

export const explainEntryEndpoint = endpoint(explainEntry, async ({ db }, { params, query, actor }) => {
  const session = { db, tx: null };
  const standing = await onlyOne(session, params.sourceId, query.bridge ?? null);
  const { bridgeId } = standing;
  const entry = await readEntry(session, standing.id);
  if (!entry) throw notFound('entry');
  // A correction is written with its lead: what happened to that row happened to both.
  const entryIds = [...new Set([standing.id, standing.leadId ?? standing.id])];
  const conflictIds = await conflictsOfEntries(session, bridgeId, entryIds);
  const events = await readStory(session, { bridgeId, entryIds, conflictIds });
  return {
    entry: presentEntry(entry, standing.sourceWebUrl),
    bridge: { id: bridgeId, name: standing.bridgeName },
    standing: { state: standing.state, why: presentWhy(standing), since: iso(standing.since) },
    link: presentLink(standing, actor.language),
    events: events.map(presentStoryItem),
  };
});

async function onlyOne(session: Session, sourceId: string, bridge: string | null): Promise<EntryStanding> {
  const [first, ...others] = await standingsOfEntry(session, sourceId, bridge);
  if (!first) throw notFound('entry');
  if (others.length === 0) return first;
  throw new Problem(409, 'several-bridges', 'More than one bridge holds this entry; name one', {
    field: 'bridge',
    bridges: [first, ...others].map(({ bridgeId }) => bridgeId),
  });
}

const presentWhy = ({ why }: EntryStanding) => why && { code: why.code, facts: why.facts };

const presentLink = (standing: EntryStanding, language: string) =>
  standing.leadSourceId === null
    ? null
    : {
        leadSourceId: standing.leadSourceId,
        acceptedSeconds: standing.acceptedSeconds ?? 0,
        roundingSeconds: standing.roundingSeconds ?? 0,
        timesheets: standing.rows.map(({ externalId, baseSeconds, ...row }) => ({
          id: externalId,
          url: timesheetUrl(standing.targetWebUrl, language, externalId),
          agreedSeconds: baseSeconds,
          ...row,
        })),
      };
