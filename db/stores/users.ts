import { row, rows, type Session } from '../sql.js';

export type UserRole = 'viewer' | 'approver' | 'admin';
export type UserLanguage = 'de' | 'en';

export type UserRecord = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly language: UserLanguage;
  readonly active: boolean;
  readonly hasPassword: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
};

const COLUMNS = `id, email, name, role, language, active, password_hash is not null as "hasPassword",
  created_at as "createdAt", last_login_at as "lastLoginAt"`;

export const listUsers = (session: Session): Promise<UserRecord[]> =>
  rows<UserRecord>(session, `select ${COLUMNS} from users order by active desc, lower(name), id`);

export const findUser = (session: Session, id: string): Promise<UserRecord | undefined> =>
  row<UserRecord>(session, `select ${COLUMNS} from users where id = $1`, [id]);

export const listColleagues = (session: Session): Promise<{ id: string; name: string }[]> =>
  rows(session, `select id, name from users where active and role <> 'viewer' order by lower(name), id`);

/** Names by id, also of those who are no longer active. */
export async function namesOfUsers(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ id: string; name: string }>(
    session,
    'select id, name from users where id = any($1::uuid[])',
    [[...ids]],
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** The stored hash of an active user's password, for the login; undefined when there is no such user. */
export const findLogin = (
  session: Session,
  email: string,
): Promise<{ id: string; passwordHash: string | null } | undefined> =>
  row(
    session,
    'select id, password_hash as "passwordHash" from users where lower(email) = lower($1) and active',
    [email],
  );

export const readPasswordHash = async (session: Session, id: string): Promise<string | null> =>
  (await row<{ hash: string | null }>(session, 'select password_hash as hash from users where id = $1', [id]))
    ?.hash ?? null;

export type NewUser = {
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly language: UserLanguage;
  readonly passwordHash: string | null;
};

/** Undefined when the e-mail address is taken (upper and lower case count as the same). */
export const createUser = (session: Session, user: NewUser): Promise<UserRecord | undefined> =>
  row<UserRecord>(
    session,
    `insert into users (email, name, role, language, password_hash) values ($1, $2, $3, $4, $5)
     on conflict (lower(email)) do nothing returning ${COLUMNS}`,
    [user.email, user.name, user.role, user.language, user.passwordHash],
  );

export type UserChanges = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: UserRole | undefined;
  readonly language?: UserLanguage | undefined;
  readonly active?: boolean | undefined;
  readonly passwordHash?: string | undefined;
};

/** What is left out keeps its value. Undefined when there is no such user. */
export const updateUser = (
  session: Session,
  id: string,
  changes: UserChanges,
): Promise<UserRecord | undefined> =>
  row<UserRecord>(
    session,
    `update users set name = coalesce($2, name), role = coalesce($3, role), language = coalesce($4, language),
       active = coalesce($5, active), password_hash = coalesce($6, password_hash),
       email = coalesce($7, email)
     where id = $1 returning ${COLUMNS}`,
    [
      id,
      changes.name ?? null,
      changes.role ?? null,
      changes.language ?? null,
      changes.active ?? null,
      changes.passwordHash ?? null,
      changes.email ?? null,
    ],
  );

export const recordLogin = async (session: Session, id: string): Promise<void> => {
  await rows(session, 'update users set last_login_at = now() where id = $1 returning id', [id]);
};

/** Active admins with a password, locked against change until the transaction ends. */
export async function lockAdmins(session: Session): Promise<readonly string[]> {
  const admins = await rows<{ id: string }>(
    session,
    `select id from users where role = 'admin' and active and password_hash is not null order by id for update`,
  );
  return admins.map((admin) => admin.id);
}

/** Stands for the e-mail address of the first admin until that person says it (`.invalid` never exists: RFC 2606). */
export const FIRST_ADMIN_EMAIL = 'first-admin@timebridge.invalid';

/** An active admin, somebody who can log in before others; made when there is none (a first start). */
export async function ensureAdmin(session: Session): Promise<UserRecord> {
  const known = await row<UserRecord>(
    session,
    `select ${COLUMNS} from users where role = 'admin' and active
     order by password_hash is null, created_at, id limit 1`,
  );
  const admin = known ?? (await createUser(session, FIRST_ADMIN));
  if (!admin)
    throw new Error(`a user ${FIRST_ADMIN_EMAIL} is there but no active admin: activate one in the database`);
  return admin;
}

const FIRST_ADMIN: NewUser = {
  email: FIRST_ADMIN_EMAIL,
  name: 'Administrator',
  role: 'admin',
  language: 'de',
  passwordHash: null,
};
