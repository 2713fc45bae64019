import { writeAudit } from '../../db/stores/audit.js';
import { readInboxRow } from '../../db/stores/conflicts-view.js';
import { readStory } from '../../db/stores/story.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { commentConflict } from './comment-conflict.contract.js';
import { presentStoryItem } from './present-story.js';

/** A comment is a record of the trail: it stays with the case and can be erased like any personal detail. */
export const commentConflictEndpoint = endpoint(commentConflict, ({ db }, { params, body, actor }) =>
  inTransaction(db, async (session) => {
    const conflict = await readInboxRow(session, params.conflictId);
    if (!conflict) throw notFound('conflict');
    const subject = { kind: 'conflict', id: conflict.id };
    const { bridgeId } = conflict;
    const details = { text: body.text };
    await writeAudit(session, [didBy(actor, { action: 'conflict.commented', subject, bridgeId, details })]);
    await notifyChange(session, 'conflicts', [conflict.id]);
    const written = (await readStory(session, { bridgeId, entryIds: [], conflictIds: [conflict.id] })).at(-1);
    if (!written) throw new Error('the comment must be in the timeline');
    return { item: presentStoryItem(written) };
  }),
);
