import { describe, expect, it } from 'vitest';
import { normaliseBaseUrl } from './base-url.js';
import { CONNECTOR_KINDS, roleOf } from '../domain/connector-kinds.js';
import { CONNECTOR_DESCRIPTORS, DESCRIBED } from './descriptor.js';
import { createSource, createTarget } from './registry.js';

describe('the address of a system', () => {
  it.each([
    ['https://desk.example.com/', 'https://desk.example.com'],
    [' https://Desk.Example.com/zammad/ ', 'https://desk.example.com/zammad'],
    ['https://desk.example.com/api/v1/', 'https://desk.example.com'],
    ['https://desk.example.com/zammad/api/v1', 'https://desk.example.com/zammad'],
    ['http://192.168.1.5:3000', 'http://192.168.1.5:3000'],
  ])('%s is kept as %s', (text, kept) => expect(normaliseBaseUrl(text, '/api/v1')).toBe(kept));

  it.each([
    'desk.example.com',
    'ftp://desk.example.com',
    'https://u:p@desk.example.com',
    'https://desk.example.com/?a=1',
    'https://desk.example.com/#x',
    '',
  ])('%s is not one', (text) => expect(normaliseBaseUrl(text, '/api/v1')).toBeNull());
});

describe('what an admin enters', () => {
  const zammad = {
    baseUrl: 'https://desk.example.com/api/v1',
    token: ' abc_DEF-123 ',
    timeZone: 'Europe/Berlin',
    unit: 'minute',
  };
  const problems = async (kind: 'zammad' | 'kimai', input: object): Promise<readonly string[]> =>
    DESCRIBED[kind].settings.validate(input, { abortEarly: false }).then(
      () => [],
      (error: { errors: readonly string[] }) => error.errors,
    );

  it('is brought into the form in which it is kept', async () => {
    const kept = await DESCRIBED.zammad.settings.validate(zammad);
    expect(kept).toMatchObject({ baseUrl: 'https://desk.example.com', token: 'abc_DEF-123' });
  });

  it.each([
    [{ baseUrl: 'desk' }, 'base_url_invalid'],
    [{ token: 'two words' }, 'token_invalid'],
    [{ token: '' }, 'required'],
    [{ timeZone: 'Mars/Olympus' }, 'time_zone_unknown'],
    [{ unit: 'fortnight' }, 'unit_unknown'],
    [{ unit: 'custom' }, 'required'],
    [{ unit: 'custom', customUnitSeconds: 0 }, 'unit_seconds_invalid'],
    [{ ca: 'no certificate' }, 'certificate_invalid'],
  ])('%o is answered with the code %s', async (wrong, code) => {
    expect(await problems('zammad', { ...zammad, ...wrong })).toEqual([code]);
  });

  it('has a check for every field it shows, and shows every field it checks', () => {
    for (const { descriptor, settings } of Object.values(DESCRIBED)) {
      expect(descriptor.fields.map(({ name }) => name).sort()).toEqual(Object.keys(settings.fields).sort());
    }
  });
});

describe('the registry', () => {
  const context = {
    connectorId: 'x',
    baseUrl: 'http://127.0.0.1:1',
    token: 't',
    timeZone: 'Europe/Berlin',
    unitPeriods: [],
    http: { allowLoopback: true },
  };

  it('makes every kind there is, by its role', async () => {
    expect(CONNECTOR_DESCRIPTORS.map(({ kind }) => kind)).toEqual(CONNECTOR_KINDS);
    for (const kind of CONNECTOR_KINDS) {
      const role = roleOf(kind);
      expect(DESCRIBED[kind].descriptor.role).toBe(role);
      const made = role === 'source' ? createSource(kind, context) : createTarget(kind, context);
      await made.close();
    }
  });

  it('names what there is when it is asked for something else', () => {
    expect(() => createSource('kimai', context)).toThrow('"kimai" is not a source: zammad');
    expect(() => createTarget('jira', context)).toThrow('"jira" is not a target: kimai');
  });
});
