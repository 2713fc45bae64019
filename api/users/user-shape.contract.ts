import * as yup from 'yup';
import { ROLES } from '../contract.js';
import { closed, instant, uuid } from '../fields.contract.js';
import { LANGUAGES } from '../session/session-shape.contract.js';

export const user = () =>
  closed({
    id: uuid().required(),
    name: yup.string().required(),
    email: yup.string().required(),
    role: yup.string().oneOf(ROLES).required(),
    language: yup.string().oneOf(LANGUAGES).required(),
    active: yup.boolean().required(),
    /** False while the invitation was not used. */
    hasPassword: yup.boolean().required(),
    createdAt: instant().required(),
    lastLoginAt: instant().nullable().defined(),
  });
export type User = yup.InferType<ReturnType<typeof user>>;

/** A one-time link; it is shown once and cannot be read again. */
export const oneTimeLink = () => closed({ url: yup.string().required(), expiresAt: instant().required() });
