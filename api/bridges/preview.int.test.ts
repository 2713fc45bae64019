import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { closePreview, openPreview } from '../../db/stores/previews.js';
import { PreviewTally } from '../../domain/preview.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { makeBridge } from '../testing/make-rows.js';
import { withApi } from '../testing/test-api.js';

const PATH = '/api/v1/bridges/main/preview';

describe('previews', () => {
  const api = withApi();
  beforeAll(() => makeBridge(api().deps.db, api().deps.webhookSecrets));

  it('are null before the first, and unknown for a bridge that is not there', async () => {
    expect((await api().call('viewer', 'get', PATH)).body).toEqual({ preview: null });
    expect((await api().call('viewer', 'get', '/api/v1/bridges/other/preview')).status).toBe(404);
    const other = await api().call('approver', 'post', '/api/v1/bridges/other/preview', {
      asConfirmed: false,
    });
    expect(other.status).toBe(404);
  });

  it('start one process, which gets the id that the answer names', async () => {
    const answer = await api().call('approver', 'post', PATH, { asConfirmed: true });
    expect([answer.status, answer.body['workflowId']]).toEqual([202, 'preview/main']);
    expect(api().gateway.calls.at(-1)).toEqual({
      name: 'startPreview',
      args: [
        {
          bridgeId: 'main',
          previewId: answer.body['previewId'],
          asConfirmed: true,
          reapply: false,
          requestedBy: api().users.approver.id,
        },
      ],
    });
  });

  it('answer 409 while one is under way', async () => {
    api().gateway.fail('startPreview', new TemporalCallError('already_running', 'preview/main'));
    const answer = await api().call('approver', 'post', PATH, { asConfirmed: false });
    api().gateway.fail('startPreview', null);
    expect([answer.status, answer.body['code']]).toEqual([409, 'preview-running']);
  });

  it('show how far they are, then the summary as it was stored', async () => {
    const session = { db: api().deps.db, tx: null };
    const previewId = randomUUID();
    await openPreview(session, { bridgeId: 'main', previewId, asConfirmed: false, requestedBy: null });
    const running = await api().call('viewer', 'get', PATH);
    expect(running.body).toMatchObject({
      preview: { id: previewId, state: 'running', phase: 'fetching', summary: null },
    });
    const summary = {
      entryCount: 1,
      entrySeconds: 1800,
      oldestDay: '2026-11-10',
      beforeStart: { count: 0, seconds: 0 },
      steps: [{ kind: 'create' as const, count: 1, seconds: 1800 }],
      lines: [],
      questions: [],
      gaps: [],
      provisions: [],
      samples: [],
      openCases: [{ by: 'rule' as const, kind: 'skip' as const, count: 2 }],
      reapplied: { count: 0, seconds: 0 },
    };
    await closePreview(session, previewId, { summary });
    const done = await api().call('viewer', 'get', PATH);
    expect(done.body).toMatchObject({
      preview: { id: previewId, state: 'done', phase: 'finished', summary },
    });
  });

  it('of a re-applying are what it needs: nobody changes written time unseen', async () => {
    const session = { db: api().deps.db, tx: null };
    const previewId = randomUUID();
    const reapply = (id: string) =>
      api().call('admin', 'post', '/api/v1/bridges/main/reapply', { previewId: id });
    const seen = { bridgeId: 'main', previewId, asConfirmed: false, requestedBy: null };
    await openPreview(session, { ...seen, reapply: true });
    expect((await reapply(previewId)).body['code']).toBe('preview-needed');
    const tally = new PreviewTally().summary();
    await closePreview(session, previewId, { summary: tally });
    expect((await reapply(randomUUID())).status).toBe(409);
    expect((await reapply(previewId)).body).toEqual({ entries: 0 });
    await openPreview(session, { ...seen, reapply: false });
    await closePreview(session, previewId, { summary: tally });
    expect((await reapply(previewId)).status).toBe(409);
    const byApprover = await api().call('approver', 'post', '/api/v1/bridges/main/reapply', { previewId });
    expect(byApprover.status).toBe(403);
    expect((await api().call('admin', 'post', '/api/v1/bridges/other/reapply', { previewId })).status).toBe(
      404,
    );
  });
});
