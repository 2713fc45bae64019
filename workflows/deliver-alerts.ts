import { setCurrentDetails } from '@temporalio/workflow';
import { composeAlerts, sendAlerts } from './activities.js';

/**
 * Tells people what they must not miss: makes messages of what is due and sends them. What cannot be sent now has its
 * next try in its row, and the keeper starts this process again when it is due.
 */
export async function deliverAlerts(): Promise<void> {
  setCurrentDetails('## Composing what is due');
  while ((await composeAlerts()).more);
  setCurrentDetails('## Sending');
  let sent = 0;
  for (let more = true; more;) {
    const page = await sendAlerts();
    sent += page.sent;
    more = page.more;
  }
  setCurrentDetails(`## Finished\n\nMessages sent: ${sent}.`);
}
