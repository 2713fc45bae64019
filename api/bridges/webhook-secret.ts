import { randomBytes } from 'node:crypto';

/** What an admin copies into Zammad's webhook as its signature token. */
export const drawWebhookSecret = (): string => randomBytes(24).toString('base64url');
