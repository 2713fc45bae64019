import * as yup from 'yup';
import { closed, instant, uuid } from '../fields.contract.js';

/** The name of the token that the command line on this machine uses; pages say it in their language. */
export const COMMAND_LINE_TOKEN = 'Command line of this machine';

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
