import type { APIRequestContext } from '@playwright/test';
import type { Role } from '../../../api/contract.js';
import { inviteUser } from '../../../api/users/invite-user.contract.js';
import { api } from './systems.js';

/** Invites a colleague and uses the link that the invitation holds; the request context keeps the session. */
export async function logIn(
  request: APIRequestContext,
  person: { readonly name: string; readonly role: Role },
): Promise<void> {
  const email = `colleague-${Date.now()}@weidner-it.example`;
  const { link } = await api().call(inviteUser, { body: { ...person, email } });
  const token = new URLSearchParams(new URL(link.url).hash.slice(1)).get('token');
  const reply = await request.post('/api/v1/session/first-login', {
    data: { token, password: 'ein-langes-testpasswort' },
    headers: { 'x-timebridge': '1' },
  });
  if (!reply.ok()) throw new Error(`The first log-in answered ${reply.status()}: ${await reply.text()}`);
}
