import type { ApiClient } from '../client.js';
import { firstLoginLink } from '../first-login.js';
import type { Start } from './start-stack.js';
import type { Addresses } from './units.js';

/** Says where to click. Before the first login that is a link which works once. */
export async function welcome(
  { config, installation, say }: Start,
  api: ApiClient,
  addresses: Addresses,
): Promise<void> {
  const link = await firstLoginLink(api);
  say('');
  say(`  Timebridge    ${link ?? config.publicUrl}`);
  if (link) say('                (the link works once: it asks for your name and a password)');
  if (addresses.temporalUiUrl) say(`  Temporal      ${addresses.temporalUiUrl}`);
  if (installation.demo) say(`  Demo          http://localhost:${config.zammadPort}/play  (be both systems)`);
  say('');
  say('Ctrl-C stops everything; nothing is lost.');
}
