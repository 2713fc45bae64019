import { randomUUID } from 'node:crypto';
import { decideBulk } from '../api/bulk/decide-bulk.contract.js';
import { previewBulk } from '../api/bulk/preview-bulk.contract.js';
import { listConflicts } from '../api/conflicts/list-conflicts.contract.js';
import type { ConflictRow } from '../api/conflicts/conflict-shape.contract.js';
import type { ConflictDetail } from '../api/conflicts/read-conflict.contract.js';
import type { ApiClient } from './client.js';
import { CommandFailed } from './failure.js';

export type Choice = ConflictDetail['choices'][number]['choice'];
type Case = { readonly conflictId: string; readonly version: string };

const A_PAGE = 200;
/** The API takes no more at once. */
const MOST = 5_000;

export type DecidedAll =
  | { readonly decided: false; readonly preview: AllPreview }
  | { readonly decided: true; readonly bulkId: string; readonly itemCount: number };
export type AllPreview = Awaited<ReturnType<typeof previewOf>>;

/**
 * Decides every open case of the kind and bridge of `alike` with one choice; without a yes only tells what that would do.
 * @throws CommandFailed when there are more than can be decided at once.
 */
export async function decideAll(
  api: ApiClient,
  alike: Pick<ConflictRow, 'kind' | 'bridgeId'>,
  wanted: { readonly choice: Choice; readonly note: string | undefined; readonly yes: boolean },
): Promise<DecidedAll> {
  const items = await openCases(api, alike);
  if (!wanted.yes) return { decided: false, preview: await previewOf(api, wanted.choice, items) };
  const { choice, note } = wanted;
  const body = { bulkId: randomUUID(), choice, items, note };
  return { decided: true, ...(await api.call(decideBulk, { body })) };
}

async function previewOf(api: ApiClient, choice: Choice, items: Case[]) {
  const { blocked, stale, ...counts } = await api.call(previewBulk, { body: { choice, items } });
  return { cases: items.length - stale.length, ...counts, blocked: blocked.length };
}

/** Page by page; a case that moves between two pages meanwhile is named once. */
async function openCases(
  api: ApiClient,
  { kind, bridgeId }: Pick<ConflictRow, 'kind' | 'bridgeId'>,
): Promise<Case[]> {
  const found = new Map<string, Case>();
  for (let offset = 0; ; offset += A_PAGE) {
    const { total, items } = await api.call(listConflicts, {
      query: { view: 'open', kind: [kind], bridge: bridgeId, sort: 'age', offset, limit: A_PAGE },
    });
    if (total > MOST) {
      throw new CommandFailed(
        `${total} cases are open, at most ${MOST} can be decided at once. Filter them in the inbox, or let a rule decide.`,
        'too_many',
      );
    }
    for (const { id, version, state } of items)
      if (state === 'open') found.set(id, { conflictId: id, version });
    if (offset + A_PAGE >= total) return [...found.values()];
  }
}
