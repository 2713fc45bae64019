import * as yup from 'yup';
import { closed, instant, uuid } from '../fields.contract.js';

export const apiToken = () =>
  closed({
    id: uuid().required(),
    name: yup.string().required(),
    userId: uuid().required(),
    userName: yup.string().required(),
    createdAt: instant().required(),
    expiresAt: instant().nullable().defined(),
    lastUsedAt: instant().nullable().defined(),
  });
