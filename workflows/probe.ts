import {
  continueAsNew,
  log,
  setCurrentDetails,
  sleep,
  workflowInfo,
  isCancellation,
} from '@temporalio/workflow';
import { bridgesOf, probeConnector } from './activities.js';
import { failureCode } from './failure-code.js';
import type { ProbeArgs } from './messages.js';
import { launchSyncRun } from './start-run.js';

const CATCH_UP_TRIES = 20;
const CATCH_UP_WAIT_MS = 15_000;

/** Lives while a connector is paused: looks whether it answers, then lets each of its bridges catch up once. */
export async function probe(args: ProbeArgs): Promise<void> {
  await waitUntilItAnswers(args);
  for (const bridgeId of await bridgesOf({ connectorId: args.connectorId })) await catchUp(bridgeId);
}

async function waitUntilItAnswers(args: ProbeArgs): Promise<void> {
  for (let waitMs = args.firstMs; ; waitMs = Math.min(waitMs * 2, args.mostMs)) {
    setCurrentDetails(`Paused. Next look in ${Math.round(waitMs / 1000)} s.`);
    await sleep(waitMs, { summary: 'until the next look' });
    if (await answers(args.connectorId)) return;
    // A probe that starts anew begins with the longest wait: by now this is a long outage.
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof probe>({ ...args, firstMs: args.mostMs });
    }
  }
}

async function answers(connectorId: string): Promise<boolean> {
  try {
    return await probeConnector({ connectorId });
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.info('The connector still does not answer', { connectorId, code: failureCode(error) });
    return false;
  }
}

/** A run that is under way may have begun while the connector was paused, so it does not count as catching up. */
async function catchUp(bridgeId: string): Promise<void> {
  setCurrentDetails(`Answers again. Catching up bridge **${bridgeId}**.`);
  for (let tries = 0; tries < CATCH_UP_TRIES; tries += 1) {
    if (await launchSyncRun({ bridgeId, trigger: 'probe', triggeredBy: null, full: false })) return;
    await sleep(CATCH_UP_WAIT_MS, { summary: `until the run of ${bridgeId} under way ends` });
  }
  log.warn('A run was under way all the time; catching up is left to it', { bridgeId });
}
