import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readApiConfig } from './api.js';
import { readCliConfig } from './cli.js';
import { EnvironmentError, type Environment } from './environment.js';
import { formatNamedKeys, isNamedKey, parseNamedKeys } from './keys.js';
import { settings } from './settings.js';
import { readUpConfig } from './up.js';
import { readWorkerConfig } from './worker.js';

const KEY = `k1:${Buffer.alloc(32, 7).toString('base64url')}`;
const DATABASE_URL = 'postgresql://timebridge:pass@127.0.0.1/timebridge';
const worker: Environment = { DATABASE_URL, TIMEBRIDGE_KEYS: KEY };
const api: Environment = { DATABASE_URL, TIMEBRIDGE_PUBLIC_KEY: KEY, TIMEBRIDGE_API_KEYS: KEY };

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (cause) {
    if (cause instanceof EnvironmentError) return cause.problems;
    throw cause;
  }
  return [];
}

describe('the environment', () => {
  it('has defaults for all that need not be set', () => {
    expect(readWorkerConfig(worker)).toMatchObject({
      graceSeconds: 10,
      unknownWaitSeconds: 90,
      allowLoopback: false,
      publicUrl: 'http://localhost:8080',
      temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'timebridge', tls: undefined },
    });
    expect(readApiConfig(api)).toMatchObject({ port: 8080, host: '127.0.0.1', trustedProxies: [] });
    expect(readCliConfig({ TIMEBRIDGE_PORT: '9000' }).apiUrl).toBe('http://127.0.0.1:9000');
    expect(readUpConfig({})).toMatchObject({
      temporalPort: 7233,
      temporalUiPort: 8233,
      databaseUrl: undefined,
    });
  });

  it('speaks the language of the shell where none is named', () => {
    const languageIn = (source: Environment) => readCliConfig(source).language;
    expect(languageIn({})).toBe('en');
    expect(languageIn({ LANG: 'de_DE.UTF-8' })).toBe('de');
    expect(languageIn({ LANG: 'de_AT@euro', LC_ALL: '' })).toBe('de');
    expect(languageIn({ LANG: 'de_DE.UTF-8', LC_ALL: 'C.UTF-8' })).toBe('en');
    expect(languageIn({ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' })).toBe('en');
    expect(languageIn({ LANG: 'den' })).toBe('en');
    expect(languageIn({ LANG: 'de_DE.UTF-8', TIMEBRIDGE_LANGUAGE: 'en' })).toBe('en');
    expect(problemsOf(() => readCliConfig({ TIMEBRIDGE_LANGUAGE: 'fr' }))).toEqual([
      'TIMEBRIDGE_LANGUAGE: must be de or en',
    ]);
  });

  it('names every wrong key at once, says what is right, and never repeats a value', () => {
    const wrong = { TIMEBRIDGE_PORT: 's3cret', DATABASE_URL: 'mysql://s3cret', TIMEBRIDGE_KEYS: 's3cret' };
    const problems = problemsOf(() => readWorkerConfig({ ...wrong, TIMEBRIDGE_ALLOW_LOOPBACK: 's3cret' }));
    expect([...problems].sort()).toEqual([
      'DATABASE_URL: must be an address that begins with postgres:// or postgresql://',
      'TIMEBRIDGE_ALLOW_LOOPBACK: must be true or false',
      'TIMEBRIDGE_KEYS: must be <id>:<32 bytes in base64url>; "timebridge keys new" prints one',
      'TIMEBRIDGE_PORT: must be a whole number from 1 to 65535',
    ]);
  });

  it('says which keys are missing, and takes an empty value for missing', () => {
    const problems = problemsOf(() => readApiConfig({ DATABASE_URL: '', TIMEBRIDGE_PORT: '' }));
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'DATABASE_URL',
      'TIMEBRIDGE_API_KEYS',
      'TIMEBRIDGE_PUBLIC_KEY',
    ]);
  });

  it.each(['1e3', '0x50', '0', '65536', '80 ', '-1', '8080.5'])('refuses %j as a port', (text) => {
    expect(problemsOf(() => readUpConfig({ TIMEBRIDGE_PORT: text }))).toHaveLength(1);
  });

  it.each(['1', 'yes', 'TRUE', 'no'])('refuses %j where true or false is meant', (text) => {
    expect(problemsOf(() => readWorkerConfig({ ...worker, TIMEBRIDGE_ALLOW_LOOPBACK: text }))).toHaveLength(
      1,
    );
  });

  it('reads proxies as addresses and networks', () => {
    const read = (text: string) => readApiConfig({ ...api, TIMEBRIDGE_TRUSTED_PROXIES: text }).trustedProxies;
    expect(read('127.0.0.1, 10.0.0.0/8,::1')).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
    for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8']) {
      expect(problemsOf(() => read(wrong))).toHaveLength(1);
    }
  });

  it('reads the proxies by their usual names, in lower case first', () => {
    const read = (more: Environment) => readWorkerConfig({ ...worker, ...more }).proxies;
    expect(read({})).toEqual({ https: undefined, http: undefined, except: '' });
    expect(read({ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.intern' })).toEqual({
      https: 'http://proxy:3128',
      http: undefined,
      except: '.intern',
    });
    expect(read({ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:2' }).https).toBe(
      'http://lower:1',
    );
    expect(problemsOf(() => read({ HTTP_PROXY: 'proxy:3128' }))).toHaveLength(1);
  });

  it('switches TLS on for an API key, and wants certificate and key together', () => {
    expect(readWorkerConfig({ ...worker, TEMPORAL_API_KEY: 'x' }).temporal.tls).toEqual({});
    const half = { ...worker, TEMPORAL_TLS_CERT_FILE: '/nowhere.pem' };
    expect(problemsOf(() => readWorkerConfig(half))[0]).toMatch(/^TEMPORAL_TLS_KEY_FILE: must be set too/);
    const gone = { ...worker, TEMPORAL_TLS_CA_FILE: '/nowhere.pem' };
    expect(problemsOf(() => readWorkerConfig(gone))[0]).toMatch(/^TEMPORAL_TLS_CA_FILE: names a file/);
  });
});

describe('a named key', () => {
  it('is read and written alike, the newest first', () => {
    const text = `${KEY},k0:${Buffer.alloc(32, 1).toString('base64url')}`;
    const keys = parseNamedKeys(text);
    expect(keys.map(({ id }) => id)).toEqual(['k1', 'k0']);
    expect(keys.map(({ bytes }) => bytes.length)).toEqual([32, 32]);
    expect(formatNamedKeys(keys)).toBe(text);
  });

  it.each(['k1', 'k1:', 'k1:abc', `:${KEY}`, `k 1${KEY.slice(2)}`, `${KEY}AA`])('refuses %j', (text) => {
    expect(isNamedKey(text)).toBe(false);
  });
});

describe('.env.example', () => {
  const file = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = file.split('\n').filter((line) => /^[A-Z]/.test(line));
  const example: Environment = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

  it('names exactly the keys that Timebridge and the compose file read', () => {
    expect(Object.keys(example).sort()).toEqual([...Object.keys(settings), 'POSTGRES_PASSWORD'].sort());
  });

  it('can be used as it is: what it sets is right and is the default', () => {
    expect(readUpConfig(example)).toEqual(readUpConfig({}));
    expect(readWorkerConfig({ ...example, ...worker })).toEqual(readWorkerConfig(worker));
    expect(readApiConfig({ ...example, ...api })).toEqual(readApiConfig(api));
  });
});

describe('telling people', () => {
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

  it('is off when nothing is set', () => {
    expect(readWorkerConfig(worker).alerts).toEqual({ language: 'de', mail: null, webhook: null });
  });

  it('by mail needs a server and a sender', () => {
    const mail = { ...worker, TIMEBRIDGE_ALERT_MAIL_TO: 'a@example.com, b@example.com' };
    expect(problemsOf(() => readWorkerConfig(mail))).toEqual([
      'TIMEBRIDGE_ALERT_MAIL_TO: needs TIMEBRIDGE_SMTP_URL and TIMEBRIDGE_MAIL_FROM as well',
    ]);
    const whole = {
      ...mail,
      TIMEBRIDGE_SMTP_URL: 'smtps://u:p@mail.example.com:465',
      TIMEBRIDGE_MAIL_FROM: 'tb@example.com',
    };
    expect(readWorkerConfig(whole).alerts.mail?.to).toEqual(['a@example.com', 'b@example.com']);
  });

  it('by webhook needs a secret that is long enough', () => {
    const hook = { ...worker, TIMEBRIDGE_ALERT_WEBHOOK_URL: 'https://hooks.example.com/tb' };
    expect(problemsOf(() => readWorkerConfig(hook))).toHaveLength(1);
    const short = { ...hook, TIMEBRIDGE_ALERT_WEBHOOK_SECRET: 'whsec_YWJj' };
    expect(problemsOf(() => readWorkerConfig(short))).toHaveLength(1);
    expect(readWorkerConfig({ ...hook, TIMEBRIDGE_ALERT_WEBHOOK_SECRET: secret }).alerts.webhook).toEqual({
      url: 'https://hooks.example.com/tb',
      secret,
    });
  });
});
