import { isIP } from 'node:net';
import * as yup from 'yup';
import { address, flag, list, portNumber, wholeNumber } from './environment.js';
import { isNamedKey } from './keys.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const DATA_DEFAULT = '.timebridge';
const KEY_FORM = 'must be <id>:<32 bytes in base64url>; "timebridge keys new" prints one';

const isNetwork = (text: string): boolean => {
  const [host = '', bits, ...rest] = text.split('/');
  const version = isIP(host);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
};

const isMailAddress = (text: string): boolean => /^[^\s@<>,]+@[^\s@<>,]+$/.test(text);

const WEBHOOK_SECRET_FORM =
  'must be whsec_ and 24 to 64 bytes in base64, for example from: echo whsec_$(openssl rand -base64 32)';

/** Standard Webhooks: `whsec_` and 24 to 64 random bytes in base64. */
const isWebhookSecret = (text: string): boolean => {
  const bytes = Buffer.from(text.replace(/^whsec_/, ''), 'base64').length;
  return /^whsec_[A-Za-z0-9+/]+=*$/.test(text) && bytes >= 24 && bytes <= 64;
};

const language = () => yup.string().oneOf(['de', 'en'] as const, 'must be de or en');

/**
 * Every key of the environment that Timebridge reads, whichever process reads it. `.env.example` explains each of
 * them; a test keeps the two alike.
 */
export const settings = {
  TIMEBRIDGE_PORT: portNumber().default(8080),
  TIMEBRIDGE_HOST: yup.string().default('127.0.0.1'),
  TIMEBRIDGE_PUBLIC_URL: address(['http', 'https']),
  TIMEBRIDGE_DATA: yup.string().default(DATA_DEFAULT),
  TIMEBRIDGE_TRUSTED_PROXIES: list(isNetwork, 'must be addresses or networks (10.0.0.0/8) with commas'),
  TIMEBRIDGE_LOG_LEVEL: yup
    .string()
    .oneOf(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .default('info'),

  DATABASE_URL: address(['postgres', 'postgresql']),

  TEMPORAL_ADDRESS: yup
    .string()
    .matches(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'must be host:port, without a scheme'),
  TEMPORAL_NAMESPACE: yup.string().default('default'),
  TEMPORAL_TASK_QUEUE: yup.string().default('timebridge'),
  TEMPORAL_UI_URL: address(['http', 'https']),
  TEMPORAL_API_KEY: yup.string(),
  TEMPORAL_TLS: flag().default(false),
  TEMPORAL_TLS_CA_FILE: yup.string(),
  TEMPORAL_TLS_CERT_FILE: yup.string(),
  TEMPORAL_TLS_KEY_FILE: yup.string(),
  TEMPORAL_TLS_SERVER_NAME: yup.string(),

  TIMEBRIDGE_KEYS: list(isNamedKey, KEY_FORM),
  TIMEBRIDGE_PUBLIC_KEY: yup
    .string()
    .test('key', KEY_FORM, (value) => value === undefined || isNamedKey(value)),
  TIMEBRIDGE_API_KEYS: list(isNamedKey, KEY_FORM),
  TIMEBRIDGE_ADMIN_TOKEN_FILE: yup.string(),

  TIMEBRIDGE_ALLOW_LOOPBACK: flag().default(false),
  HTTPS_PROXY: address(['http', 'https']),
  HTTP_PROXY: address(['http', 'https']),
  NO_PROXY: yup.string().default(''),
  TIMEBRIDGE_GRACE_SECONDS: wholeNumber(0, 3600).default(10),
  TIMEBRIDGE_UNKNOWN_WAIT_SECONDS: wholeNumber(1, 3600).default(90),
  TIMEBRIDGE_WORKER_PORT: portNumber().default(8081),

  TIMEBRIDGE_KEEP_TRACE_DAYS: wholeNumber(1, 36_500).default(30),
  TIMEBRIDGE_KEEP_DETAIL_DAYS: wholeNumber(30, 36_500).default(3_653),

  TIMEBRIDGE_ALERT_LANGUAGE: language().default('de'),
  TIMEBRIDGE_ALERT_MAIL_TO: list(isMailAddress, 'must be mail addresses with commas'),
  TIMEBRIDGE_MAIL_FROM: yup
    .string()
    .test('mail', 'must be a mail address', (value) => value === undefined || isMailAddress(value)),
  TIMEBRIDGE_SMTP_URL: address(['smtp', 'smtps']),
  TIMEBRIDGE_ALERT_WEBHOOK_URL: address(['http', 'https']),
  TIMEBRIDGE_ALERT_WEBHOOK_SECRET: yup
    .string()
    .test('secret', WEBHOOK_SECRET_FORM, (value) => value === undefined || isWebhookSecret(value)),

  TIMEBRIDGE_POSTGRES_PORT: portNumber().default(54329),
  TIMEBRIDGE_TEMPORAL_PORT: portNumber().default(7233),
  TIMEBRIDGE_TEMPORAL_UI_PORT: portNumber().default(8233),
  TIMEBRIDGE_ZAMMAD_PORT: portNumber().default(8101),
  TIMEBRIDGE_KIMAI_PORT: portNumber().default(8102),

  TIMEBRIDGE_URL: address(['http', 'https']),
  TIMEBRIDGE_TOKEN: yup.string(),
  TIMEBRIDGE_LANGUAGE: language(),
} as const;
