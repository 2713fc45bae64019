import { describe, expect, it } from 'vitest';
import { CommandFailed } from '../failure.js';
import { differing } from './differing.js';
import { parseSetup } from './setup-file.js';

const FILE = `
connectors:
  - id: zammad
    kind: zammad
    name: Zammad
    baseUrl: https://zammad.example.com
    token: \${ZAMMAD_TOKEN}
    timeZone: Europe/Berlin
    unitPeriods: [{ from: null, secondsPerUnit: 60 }]
bridges:
  - id: main
    name: Main
    source: zammad
    target: kimai
    mappings:
      activities: [{ source: '1', target: '7' }, { source: '2', ignored: true }]
    rules:
      - { name: small, when: { kinds: [duplicate], secondsBelow: 900 }, then: link, enabled: true }
`;

function failure(source: string, environment: Record<string, string> = {}): CommandFailed {
  try {
    parseSetup(source, environment);
  } catch (cause) {
    if (cause instanceof CommandFailed) return cause;
    throw cause;
  }
  throw new Error('It was taken');
}

describe('a set-up file', () => {
  it('is read with the tokens of the environment in place', () => {
    const { connectors, bridges } = parseSetup(FILE, { ZAMMAD_TOKEN: 'tok_1' });
    expect(connectors?.[0]).toMatchObject({ id: 'zammad', token: 'tok_1' });
    expect(bridges?.[0]?.mappings?.activities).toHaveLength(2);
  });

  it('is refused when a token is not set, and names it', () => {
    expect(failure(FILE).message).toContain('${ZAMMAD_TOKEN} is not set');
    expect(failure(FILE).exitCode).toBe(2);
  });

  it('is refused with every wrong member named at once', () => {
    const { message } = failure(
      'connectors:\n  - { id: A, kind: jira, name: X, baseUrl: ftp://x, timeZone: Mars }',
    );
    for (const part of ['connectors[0].id', 'kind', 'baseUrl', 'timeZone']) expect(message).toContain(part);
  });

  it('is refused with a member that nobody knows, which may be a slip of the pen', () => {
    expect(failure('bridge: []').message).toMatch(/bridge/);
  });

  it('names the line of what is wrong, of an unknown member and of what is missing', () => {
    const { message } = failure(
      [
        'connectors:',
        '  - id: zammad',
        '    kind: zammad',
        '    name: Zammad',
        '    baseUrl: ftp://zammad.example.com',
        '    timezone: Europe/Berlin',
        'bridges:',
        '  - id: main',
        '    name: Main',
        '    source: zammad',
        '    target: kimai',
        '    policies: { newEntries: sometimes }',
      ].join('\n'),
    );
    expect(message).toMatch(/line 5: connectors\[0\]\.baseUrl must be an address/);
    expect(message).toMatch(/line 6: connectors\[0\] has no member "timezone"/);
    expect(message).toMatch(/line 2: connectors\[0\]\.timeZone/);
    expect(message).toMatch(/line 12: bridges\[0\]\.policies\.newEntries must be one of: auto, ask/);
  });

  it.each([
    ['a key twice', 'connectors: []\nconnectors: []', /unique/],
    ['no YAML', 'connectors: [', /line 1|flow/i],
    ['a tag', 'connectors: !!binary x', /connectors|tag/i],
  ])('is refused with %s', (_what, source, message) => {
    expect(failure(source).message).toMatch(message);
  });

  it('needs for each mapping either a target or that it is ignored', () => {
    const head = 'bridges: [{ id: a, name: A, source: b, target: c, mappings: { users: [';
    expect(failure(`${head}{ source: "1" }] } }]`).message).toMatch(/either a target/);
    expect(failure(`${head}{ source: "1", target: "2", ignored: true }] } }]`).message).toMatch(
      /either a target/,
    );
  });
});

describe('what differs', () => {
  it('is what the file names and is otherwise now', () => {
    const now = { name: 'A', settings: { a: 1 }, other: 5 };
    expect(differing({ name: 'A', settings: { a: 1 } }, now)).toEqual({});
    expect(differing({ name: 'B', settings: { a: 1 }, more: undefined }, now)).toEqual({ name: 'B' });
  });
});
