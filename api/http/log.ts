import pino from 'pino';

export type Log = pino.Logger;

/** Names under which secrets travel; hidden wherever a logged object holds them, three levels deep. */
const SECRET_NAMES = [
  'password',
  'currentPassword',
  'token',
  'secret',
  'authorization',
  'cookie',
  'accessToken',
];

/** JSON lines on stdout. Levels: `silent`, `fatal`, `error`, `warn`, `info`, `debug`. */
export function createLog(level: string, name: string): Log {
  return pino({
    level,
    name,
    base: { pid: process.pid },
    redact: SECRET_NAMES.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`, `*.*.*.${secret}`]),
    serializers: { err: pino.stdSerializers.errWithCause },
  });
}
