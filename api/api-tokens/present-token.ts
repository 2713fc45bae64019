import type { ApiTokenRecord } from '../../db/stores/api-tokens.js';
import { iso, isoOrNull } from '../present.js';

export const presentToken = (token: ApiTokenRecord) => ({
  id: token.id,
  name: token.name,
  userId: token.userId,
  userName: token.userName,
  createdAt: iso(token.createdAt),
  expiresAt: isoOrNull(token.expiresAt),
  lastUsedAt: isoOrNull(token.lastUsedAt),
});
