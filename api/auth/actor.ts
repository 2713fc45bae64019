import type { Role } from '../contract.js';

/** Who calls: a user, by a session of the pages or by an API token. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly language: 'de' | 'en';
  /** Null for API tokens. */
  readonly sessionId: string | null;
  readonly tokenId: string | null;
};
