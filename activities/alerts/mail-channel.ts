import { createTransport } from 'nodemailer';
import { AlertRefused, type AlertChannel } from './channel.js';

export type MailSettings = {
  /** `smtp://` (STARTTLS where offered) or `smtps://`, with user and password where needed. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
};

const TIMEOUT_MS = 15_000;
/** SMTP: replies from 550 on say that this mailbox or mail will never be taken. */
const PERMANENT = new Set([550, 551, 552, 553, 554]);

/** Mail by SMTP, plain text. A repeated attempt has the same Message-ID. */
export function createMailChannel({ smtpUrl, from, to }: MailSettings): AlertChannel {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    host: url.hostname,
    port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
    secure: url.protocol === 'smtps:',
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    name: 'mail',
    async send({ id, subject, text, createdAt }) {
      try {
        await transport.sendMail({
          from: { name: 'Timebridge', address: from },
          to: [...to],
          subject,
          text,
          date: createdAt,
          messageId: `<${id}@timebridge>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (cause) {
        if (PERMANENT.has(replyCode(cause))) throw new AlertRefused(textOf(cause), { cause });
        throw cause;
      }
    },
  };
}

const replyCode = (cause: unknown): number => {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'responseCode') : undefined;
  return typeof code === 'number' ? code : 0;
};

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'refused');
