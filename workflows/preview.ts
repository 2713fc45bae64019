import { isCancellation, log, setCurrentDetails } from '@temporalio/workflow';
import {
  beginPreview,
  failPreview,
  fetchCatalogues,
  fetchSource,
  fetchTarget,
  planPreview,
} from './activities.js';
import { failureCode } from './failure-code.js';
import type { PreviewArgs } from './messages.js';

/**
 * What a run of the bridge would do, before it does it: reads both sides as a run does, compares them, and keeps
 * nothing but the summary. A system that does not answer fails the preview and pauses nothing.
 */
export async function preview(args: PreviewArgs): Promise<void> {
  const { bridgeId } = args;
  await beginPreview(args);
  try {
    setCurrentDetails('## Reading both systems');
    await fetchCatalogues({ bridgeId });
    await fetchTarget({ bridgeId, runId: null, full: true });
    await fetchSource({ bridgeId, runId: null, full: true });
    setCurrentDetails('## Comparing, without keeping the plan');
    await planPreview(args);
    setCurrentDetails('## Finished: the summary is stored');
  } catch (error) {
    if (isCancellation(error)) throw error;
    const code = failureCode(error);
    log.warn('The preview could not be made', { bridgeId, code });
    await failPreview({ ...args, code });
    setCurrentDetails(`## Failed: \`${code}\``);
  }
}
