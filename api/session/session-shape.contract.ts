import * as yup from 'yup';
import { ROLES } from '../contract.js';
import { closed, instant, uuid } from '../fields.contract.js';

export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How long a password must be at least; length is what makes it strong. */
export const MIN_PASSWORD = 12;
export const password = () =>
  yup
    .string()
    .min(MIN_PASSWORD, '${path} must have at least ${min} characters')
    .max(256, '${path} may have at most ${max} characters');

export const email = () =>
  yup
    .string()
    .email('${path} must be an e-mail address')
    .max(254, '${path} may have at most ${max} characters');

export const me = () =>
  closed({
    id: uuid().required(),
    name: yup.string().required(),
    email: yup.string().required(),
    role: yup.string().oneOf(ROLES).required(),
    language: yup.string().oneOf(LANGUAGES).required(),
  });
export type Me = yup.InferType<ReturnType<typeof me>>;

/**
 * What a login or a renewal answers. The same token lies in an HttpOnly cookie, so a page of the same origin
 * need not keep it; other clients send it as `Authorization: Bearer`.
 */
export const sessionReply = () =>
  closed({ accessToken: yup.string().required(), expiresAt: instant().required(), user: me() });
