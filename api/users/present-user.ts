import type { UserRecord } from '../../db/stores/users.js';
import { iso, isoOrNull } from '../present.js';
import type { User } from './user-shape.contract.js';

export const presentUser = (user: UserRecord): User => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  language: user.language,
  active: user.active,
  hasPassword: user.hasPassword,
  createdAt: iso(user.createdAt),
  lastLoginAt: isoOrNull(user.lastLoginAt),
});
