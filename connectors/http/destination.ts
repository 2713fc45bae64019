import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

export type DestinationPolicy = { readonly allowLoopback: boolean };

/** An address or URL that must not be called. The message names the host, never what was sent. */
export class DestinationRefused extends Error {
  readonly code = 'EDESTINATION';
}

/** Cloud metadata services outside the link-local range; link-local itself is refused as a range. */
const METADATA: readonly (readonly [IPv4 | IPv6, number])[] = [
  '100.100.100.200/32', // Alibaba
  '168.63.129.16/32', // Azure
  'fd00:ec2::/32', // AWS
  'fd20:ce::254/128', // Google
  '::/96', // IPv4 in IPv6 in the form that was given up: it would hide any of the above
].map((network) => ipaddr.parseCIDR(network));

/** Systems live in the LAN of those who run them, so private ranges are ordinary destinations. */
const ALLOWED_RANGES: readonly string[] = ['unicast', 'private', 'carrierGradeNat', 'uniqueLocal'];

/** Whether an IP address may be called; IPv4 in IPv6 clothes is judged as IPv4. */
export function addressAllowed(text: string, policy: DestinationPolicy): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  const range = address.range();
  if (range !== 'loopback' && METADATA.some((network) => isWithin(address, network))) return false;
  return ALLOWED_RANGES.includes(range) || (range === 'loopback' && policy.allowLoopback);
}

const isWithin = (address: IPv4 | IPv6, [network, bits]: readonly [IPv4 | IPv6, number]): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/** Throws DestinationRefused unless the URL is plain http(s) to a host that is not a forbidden literal address. */
export function assertDestination(url: URL, policy: DestinationPolicy): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new DestinationRefused(`${url.protocol}// is not called: use http:// or https://`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new DestinationRefused(`${url.host}: a user name or password in the URL is not accepted`);
  }
  assertHost(url, policy);
}

/** Throws DestinationRefused when the host is a literal address that must not be called; a name is looked at later. */
export function assertHost(url: URL, policy: DestinationPolicy): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !addressAllowed(host, policy)) throw refusedAddress(host);
}

function refusedAddress(host: string): DestinationRefused {
  return new DestinationRefused(
    `${host} leads to an address that is not called (loopback, link-local or metadata)`,
  );
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name to all its addresses. */
export type Resolve = (
  host: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets: the name is resolved once for a connection, and the addresses that were checked are the very
 * ones the socket connects to, so that a name which changes its address in between gains nothing.
 */
export function guardedLookup(policy: DestinationPolicy, resolve: Resolve = dnsLookup) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => addressAllowed(address, policy));
      const first = allowed[0];
      if (first === undefined) return callback(refusedAddress(host), []);
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}
