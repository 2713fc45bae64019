import { createUserLoginLink } from '../api/users/create-login-link.contract.js';
import { listUsers } from '../api/users/list-users.contract.js';
import type { ApiClient } from './client.js';
import { CommandFailed } from './failure.js';

/** A link by which the first administrator logs in, once; `undefined` as soon as anybody can log in. */
export async function firstLoginLink(api: ApiClient): Promise<string | undefined> {
  const { items } = await api.call(listUsers, {});
  const admin = items.find((user) => user.role === 'admin' && user.active);
  if (!admin || items.some((user) => user.hasPassword)) return undefined;
  const { link } = await api.call(createUserLoginLink, { params: { userId: admin.id } });
  return link.url;
}

/** A link by which the user of that address logs in, once, and sets a new password. */
export async function loginLink(api: ApiClient, email: string): Promise<string> {
  const { items } = await api.call(listUsers, {});
  const user = items.find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (!user) throw new CommandFailed(`Nobody has the address ${email}`, 'no_user');
  const { link } = await api.call(createUserLoginLink, { params: { userId: user.id } });
  return link.url;
}
