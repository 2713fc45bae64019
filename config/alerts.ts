import { EnvironmentError, splitList } from './environment.js';
import { settings } from './settings.js';

/** Where people are told of what they must not miss. Nothing set: nobody is told, the screens show it all the same. */
export type AlertsConfig = {
  readonly language: 'de' | 'en';
  readonly mail: { readonly smtpUrl: string; readonly from: string; readonly to: readonly string[] } | null;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
};

export const alertSettings = {
  TIMEBRIDGE_ALERT_LANGUAGE: settings.TIMEBRIDGE_ALERT_LANGUAGE,
  TIMEBRIDGE_ALERT_MAIL_TO: settings.TIMEBRIDGE_ALERT_MAIL_TO,
  TIMEBRIDGE_MAIL_FROM: settings.TIMEBRIDGE_MAIL_FROM,
  TIMEBRIDGE_SMTP_URL: settings.TIMEBRIDGE_SMTP_URL,
  TIMEBRIDGE_ALERT_WEBHOOK_URL: settings.TIMEBRIDGE_ALERT_WEBHOOK_URL,
  TIMEBRIDGE_ALERT_WEBHOOK_SECRET: settings.TIMEBRIDGE_ALERT_WEBHOOK_SECRET,
} as const;

type AlertEnvironment = {
  readonly TIMEBRIDGE_ALERT_LANGUAGE: 'de' | 'en';
  readonly TIMEBRIDGE_ALERT_MAIL_TO: string;
  readonly TIMEBRIDGE_MAIL_FROM?: string | undefined;
  readonly TIMEBRIDGE_SMTP_URL?: string | undefined;
  readonly TIMEBRIDGE_ALERT_WEBHOOK_URL?: string | undefined;
  readonly TIMEBRIDGE_ALERT_WEBHOOK_SECRET?: string | undefined;
};

/** @throws EnvironmentError when half of a channel is set. */
export function alertsConfig(env: AlertEnvironment): AlertsConfig {
  return { language: env.TIMEBRIDGE_ALERT_LANGUAGE, mail: mailOf(env), webhook: webhookOf(env) };
}

function mailOf(env: AlertEnvironment): AlertsConfig['mail'] {
  const to = splitList(env.TIMEBRIDGE_ALERT_MAIL_TO);
  if (to.length === 0) return null;
  const { TIMEBRIDGE_SMTP_URL: smtpUrl, TIMEBRIDGE_MAIL_FROM: from } = env;
  if (smtpUrl === undefined || from === undefined)
    throw new EnvironmentError([
      'TIMEBRIDGE_ALERT_MAIL_TO: needs TIMEBRIDGE_SMTP_URL and TIMEBRIDGE_MAIL_FROM as well',
    ]);
  return { smtpUrl, from, to };
}

function webhookOf(env: AlertEnvironment): AlertsConfig['webhook'] {
  const { TIMEBRIDGE_ALERT_WEBHOOK_URL: url, TIMEBRIDGE_ALERT_WEBHOOK_SECRET: secret } = env;
  if (url === undefined) return null;
  if (secret === undefined)
    throw new EnvironmentError([
      'TIMEBRIDGE_ALERT_WEBHOOK_URL: needs TIMEBRIDGE_ALERT_WEBHOOK_SECRET as well: receivers check its signature',
    ]);
  return { url, secret };
}
