import { createUserLoginLink } from '../../api/users/create-login-link.contract.js';
import { listUsers } from '../../api/users/list-users.contract.js';
import type { ApiClient } from '../client.js';
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

/** `undefined` once anybody can log in. */
async function firstLoginLink(api: ApiClient): Promise<string | undefined> {
  const { items } = await api.call(listUsers, {});
  const admin = items.find((user) => user.role === 'admin' && user.active);
  if (!admin || items.some((user) => user.hasPassword)) return undefined;
  const { link } = await api.call(createUserLoginLink, { params: { userId: admin.id } });
  return link.url;
}
