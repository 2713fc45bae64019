import { sleep } from '@temporalio/workflow';

/** A change that processes under way do not survive: a timer before what they did first. */
export async function checkConnector(): Promise<void> {
  await sleep(1_000);
}
