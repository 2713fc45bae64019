import * as yup from 'yup';

/** The answer of an endpoint that answers 204. */
export const nothing = yup.mixed<never>().nullable().optional();
