import { randomUUID } from 'node:crypto';
import { findBridge } from '../../db/stores/bridges.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { workflowIds } from '../../workflows/messages.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { workflowUrl } from '../links.js';
import { startPreview } from './start-preview.contract.js';

export const startPreviewEndpoint = endpoint(
  startPreview,
  async ({ db, gateway, settings }, { params, body, actor }) => {
    const { bridgeId } = params;
    if (!(await findBridge({ db, tx: null }, bridgeId))) throw notFound('bridge');
    const previewId = randomUUID();
    const { asConfirmed, reapply = false } = body;
    try {
      await orUnavailable(
        gateway.startPreview({ bridgeId, previewId, asConfirmed, reapply, requestedBy: actor.userId }),
      );
    } catch (failure) {
      if (failure instanceof TemporalCallError && failure.kind === 'already_running') throw running();
      throw failure;
    }
    const workflowId = workflowIds.preview(bridgeId);
    return { previewId, workflowId, workflowUrl: workflowUrl(settings, workflowId) };
  },
);

const running = () =>
  new Problem(409, 'preview-running', 'A preview of this bridge is under way; read it in a moment');
