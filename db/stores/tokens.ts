import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nothing to guess, so their plain hash may be stored and looked up. */
export const drawToken = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
