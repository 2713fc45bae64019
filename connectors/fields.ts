import { string } from 'yup';
import { normaliseBaseUrl } from './base-url.js';
import { isTimeZone } from './time-zone.js';

/** One field an admin enters. Labels, hints and problems are in `words/`, by kind and name. */
export type ConnectorField = {
  readonly name: string;
  readonly input: 'url' | 'secret' | 'time_zone' | 'choice' | 'number' | 'text' | 'multiline';
  readonly required: boolean;
  readonly choices?: readonly string[];
};

/** What set-up and settings show of a kind of connector. */
export type ConnectorDescriptor = {
  readonly kind: string;
  readonly role: 'source' | 'target';
  /** The product's own name. */
  readonly title: string;
  readonly fields: readonly ConnectorField[];
  /** Permissions the token needs, as the system names them. */
  readonly permissions: readonly string[];
};

/** An address; cast brings it into the form in which it is kept. Messages are codes for `words/`. */
export const baseUrlField = (apiPath: string) =>
  string()
    .transform((text: unknown) =>
      typeof text === 'string' ? (normaliseBaseUrl(text, apiPath) ?? text) : text,
    )
    .required('required')
    .test('base-url', 'base_url_invalid', (text) => normaliseBaseUrl(text, apiPath) !== null);

/** A token as it is pasted: spaces around it are not part of it, anything else that is not visible is wrong. */
export const tokenField = () =>
  string()
    .trim()
    .required('required')
    .max(512, 'token_invalid')
    .matches(/^[\x21-\x7e]+$/, { message: 'token_invalid', excludeEmptyString: true });

export const timeZoneField = () =>
  string()
    .required('required')
    .test('zone', 'time_zone_unknown', (name) => isTimeZone(name));

/** PEM of one or more certificates. */
export const certificateField = () =>
  string()
    .trim()
    .max(65_536, 'certificate_invalid')
    .matches(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/, {
      message: 'certificate_invalid',
      excludeEmptyString: true,
    });
