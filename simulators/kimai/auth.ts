import { type Call, empty } from '../kit/index.js';
import { Access } from './access.js';
import { problem, Refusal, refuse } from './replies.js';
import type { KimaiState } from './state.js';

const INVALID_TOKEN = 'Bearer error="invalid_token",error_description="Invalid credentials."';
const LEGACY_TRIES_A_MINUTE = 5;

/** Finds out who calls. Ends the call with the answer that a Kimai gives to wrong credentials. */
export class Authenticator {
  readonly #state: KimaiState;
  #legacyMinute = 0;
  #legacyFailures = 0;

  constructor(state: KimaiState) {
    this.#state = state;
  }

  access(call: Call): Access {
    const access = new Access(this.#state, this.#state.user(this.#userId(call)));
    if (!access.may('api_access')) refuse(403);
    return access;
  }

  /** The scheme must read `Bearer`; the token itself is compared by the database, where case does not count. */
  #userId(call: Call): number {
    const token = /^Bearer\s+([\w\-+~/.]+=*)$/.exec(call.headers.authorization ?? '')?.[1]?.toLowerCase();
    if (token === undefined) return this.#hasPassword(call) ? this.#refuseLegacy() : refuse(401);
    const known = this.#state.world.tokens.find((one) => one.token.toLowerCase() === token);
    const user = known === undefined ? undefined : this.#state.findUser(known.userId);
    const expiresAt = known?.expiresAt ?? null;
    const expired = expiresAt !== null && Date.parse(expiresAt) / 1000 <= this.#state.now();
    if (user?.enabled === true && !expired) return user.id;
    throw new Refusal(
      empty(401, {
        'content-type': 'application/json',
        'cache-control': 'no-cache, private',
        'www-authenticate': INVALID_TOKEN,
      }),
    );
  }

  #hasPassword({ headers }: Call): boolean {
    return headers['x-auth-user'] !== undefined && headers['x-auth-token'] !== undefined;
  }

  /** API passwords are deprecated; no user of this simulator has one, so every try fails, and too many are throttled. */
  #refuseLegacy(): never {
    const minute = Math.floor(this.#state.now() / 60);
    if (minute !== this.#legacyMinute) [this.#legacyMinute, this.#legacyFailures] = [minute, 0];
    if (++this.#legacyFailures > LEGACY_TRIES_A_MINUTE) refuse(400);
    throw new Refusal(problem(403, { message: 'Invalid credentials' }));
  }
}
