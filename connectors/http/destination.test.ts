import { describe, expect, it } from 'vitest';
import { addressAllowed } from './destination.js';

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
    'desk.example.com',
  ])('that are never called: %s', (address) =>
    expect(addressAllowed(address, { allowLoopback: true })).toBe(false),
  );
});
