import { setCurrentDetails } from '@temporalio/workflow';
import { forgetOld } from './activities.js';

/** Nightly: forgets what is past its time, page by page. What the books consist of is never part of it. */
export async function retention(): Promise<void> {
  let pages = 1;
  while ((await forgetOld()).more) {
    pages += 1;
    setCurrentDetails(`## Forgetting\n\nPages so far: ${pages}.`);
  }
  setCurrentDetails(`## Finished\n\nPages: ${pages}.`);
}
