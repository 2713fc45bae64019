import {
  closingDecision,
  decisionsAlike,
  entriesOfConflict,
  readConflictDetail,
  type ConflictDetailRow,
} from '../../db/stores/conflict-detail-view.js';
import type { Proposal } from '../../db/stores/proposals.js';
import { storyOfConflict, type StoryItem } from '../../db/stores/story.js';
import type { Session } from '../../db/sql.js';
import type { ApiSettings } from '../deps.js';
import { endpoint } from '../endpoint.js';
import { presentEntry } from '../entries/present-entry.js';
import { notFound } from '../http/problem.js';
import { iso } from '../present.js';
import { conflictWorkflowUrl, ticketUrl, timesheetUrl } from '../links.js';
import { readSecondPerson } from './second-person.js';
import { readNames, type Names } from './names.js';
import { presentConflict, presentDecision } from './present-conflict.js';
import { presentStoryItem } from './present-story.js';
import { presentCandidate, presentChoice, presentSide } from './present-sides.js';
import { readConflict, type ConflictDetail } from './read-conflict.contract.js';

/** Enough to see whether people always answer alike. */
const PREVIOUS_TOLD = 20;

export const readConflictEndpoint = endpoint(readConflict, async ({ db, settings }, { params, actor }) => {
  const conflict = await readConflictDetail({ db, tx: null }, params.conflictId);
  if (!conflict) throw notFound('conflict');
  return presentDetail({ db, tx: null }, conflict, settings, actor.language);
});

/** Everything a decision needs; also what the answer `stale` carries. */
export async function presentDetail(
  session: Session,
  conflict: ConflictDetailRow,
  settings: ApiSettings,
  language: string,
): Promise<ConflictDetail> {
  const [names, entries, timeline, alike, previous, second] = await Promise.all([
    readNames(session, conflict.targetConnectorId, conflict.facts),
    entriesOfConflict(session, conflict.id),
    storyOfConflict(session, conflict.id),
    decisionsAlike(session, conflict, PREVIOUS_TOLD),
    conflict.previousId === null ? null : closingDecision(session, conflict.previousId),
    readSecondPerson(session, conflict),
  ]);
  return {
    conflict: presentConflict(conflict),
    ...factsOf(conflict, names, language),
    entries: entries.map((entry) => presentEntry(entry, conflict.sourceWebUrl)),
    timeZone: conflict.timeZone,
    links: linksOf(conflict, settings, language),
    timeline: timeline.filter((item) => !isOpeningOf(conflict.id, item)).map(presentStoryItem),
    secondPerson: second && { ...second, proposals: second.proposals.map(presentProposal) },
    previousDecisions: alike.map((one) => ({ ...one, decision: presentDecision(one.decision) })),
    previous:
      conflict.previousId === null
        ? null
        : { conflictId: conflict.previousId, decision: previous && presentDecision(previous) },
  };
}

const presentProposal = ({ userId, userName, choice, parameters, note, proposedAt }: Proposal) => ({
  ...{ userId, name: userName, choice, parameters, note, at: iso(proposedAt) },
});

function factsOf({ facts, targetWebUrl }: ConflictDetailRow, names: Names, language: string) {
  const pages = { url: targetWebUrl, language };
  return {
    base: presentSide(facts.base, names),
    source: presentSide(facts.source, names),
    target: presentSide(facts.target, names),
    targetRowId: facts.targetRowId,
    differing: [...facts.differing],
    candidates: facts.candidates.map((one) => presentCandidate(one, names, pages)),
    choices: facts.choices.map(presentChoice),
  };
}

function linksOf(conflict: ConflictDetailRow, settings: ApiSettings, language: string) {
  const { ticketId, runId, facts } = conflict;
  return {
    ticket: ticketId === null ? null : ticketUrl(conflict.sourceWebUrl, ticketId),
    timesheet:
      facts.targetRowId === null ? null : timesheetUrl(conflict.targetWebUrl, language, facts.targetRowId),
    run: runId === null ? null : `/runs/${runId}`,
    workflow: conflictWorkflowUrl(settings, conflict.id),
  };
}

/** `openedAt` and the link to the run say it already. */
const isOpeningOf = (conflictId: string, { code, facts }: StoryItem): boolean =>
  code === 'conflict.opened' && facts['conflictId'] === conflictId;
