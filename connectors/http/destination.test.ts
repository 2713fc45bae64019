import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { addressAllowed, assertDestination, guardedLookup } from './destination.js';

describe('addresses', () => {
  it.each([
    '93.184.216.34',
    '10.0.0.7',
    '192.168.1.20',
    '172.16.5.5',
    '100.64.3.3',
    'fd12::7',
    '2606:4700::1111',
  ])('of the internet and of the LAN are called: %s', (address) =>
    expect(addressAllowed(address, { allowLoopback: false })).toBe(true),
  );

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
    'of this machine only when that is configured: %s',
    (address) => {
      expect(addressAllowed(address, { allowLoopback: false })).toBe(false);
      expect(addressAllowed(address, { allowLoopback: true })).toBe(true);
    },
  );

  it.each([
    '169.254.169.254',
    '169.254.1.1',
    'fe80::1',
    '224.0.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '64:ff9b::a9fe:a9fe',
    '::169.254.169.254',
    '::a9fe:a9fe',
    '::7f00:1',
    '::ffff:a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'desk.example.com',
  ])('that are never called: %s', (address) =>
    expect(addressAllowed(address, { allowLoopback: true })).toBe(false),
  );
});

describe('URLs', () => {
  const refused = (url: string, allowLoopback = false) =>
    expect(() => assertDestination(new URL(url), { allowLoopback })).toThrow();

  it.each([
    ['a trailing dot', 'http://127.0.0.1./'],
    ['a decimal', 'http://2130706433/'],
    ['a hexadecimal', 'http://0x7f000001/'],
    ['an octal', 'http://017700000001/'],
    ['a short form', 'http://127.1/'],
    ['other digits', 'http://①②⑦.0.0.1/'],
    ['IPv6', 'http://[::1]/'],
    ['IPv4 in IPv6', 'http://[::ffff:7f00:1]/'],
    ['IPv4 in IPv6 as it was once written', 'http://[::127.0.0.1]/'],
  ])('this machine is recognised behind %s: %s', (_what, url) => refused(url));

  it.each([
    'http://169.254.169.254./',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::a9fe:a9fe]/',
    'http://[fe80::1]/',
    'http://0/',
  ])('the metadata service is recognised even where loopback is allowed: %s', (url) => refused(url, true));

  it('a LAN address and a name are ordinary', () => {
    for (const url of ['http://192.168.1.20/', 'https://zammad.intern/', 'http://[fd12::7]/'])
      expect(() => assertDestination(new URL(url), { allowLoopback: false })).not.toThrow();
  });
});

describe('names', () => {
  const answers = (...lists: readonly string[][]) => {
    const left = [...lists];
    const asked: string[] = [];
    const resolve = (
      host: string,
      _options: unknown,
      callback: (error: null, found: LookupAddress[]) => void,
    ): void => {
      asked.push(host);
      callback(
        null,
        (left.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    return { resolve, asked };
  };
  const look = (resolve: ReturnType<typeof answers>['resolve'], host: string) =>
    new Promise<readonly string[]>((done, fail) =>
      guardedLookup({ allowLoopback: false }, resolve)(host, { all: true }, (error, found) =>
        error instanceof Error || !Array.isArray(found)
          ? fail(error ?? new Error('no list'))
          : done(found.map(({ address }) => address)),
      ),
    );

  it.each(['metadata.google.internal.', 'metadata', 'innocent.example'])(
    'that lead to a metadata service are refused: %s',
    async (host) => {
      const { resolve } = answers(['169.254.169.254']);
      await expect(look(resolve, host)).rejects.toThrow(host);
    },
  );

  it('keep only those of their addresses that may be called', async () => {
    const { resolve } = answers(['127.0.0.1', '10.0.0.7', '::1']);
    expect(await look(resolve, 'zammad.intern')).toEqual(['10.0.0.7']);
  });

  it('that change their address are asked once for a connection, and each answer is looked at', async () => {
    const { resolve, asked } = answers(['10.0.0.7'], ['169.254.169.254']);
    expect(await look(resolve, 'rebind.example')).toEqual(['10.0.0.7']);
    expect(asked).toHaveLength(1);
    await expect(look(resolve, 'rebind.example')).rejects.toThrow('rebind.example');
  });
});
