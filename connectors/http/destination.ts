import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type DestinationPolicy = { readonly allowLoopback: boolean };

/** An address or URL that must not be called. The message names the host, never what was sent. */
export class DestinationRefused extends Error {
  readonly code = 'EDESTINATION';
}

/** Cloud metadata services outside the link-local range; link-local itself is refused as a range. */
const METADATA: readonly string[] = ['100.100.100.200', 'fd00:ec2::254'];

/** Systems live in the LAN of those who run them, so private ranges are ordinary destinations. */
const ALLOWED_RANGES: readonly string[] = ['unicast', 'private', 'carrierGradeNat', 'uniqueLocal'];

/** Whether an IP address may be called; IPv4 in IPv6 clothes is judged as IPv4. */
export function addressAllowed(text: string, policy: DestinationPolicy): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (METADATA.some((metadata) => ipaddr.parse(metadata).toString() === address.toString())) return false;
  const range = address.range();
  return ALLOWED_RANGES.includes(range) || (range === 'loopback' && policy.allowLoopback);
}

/** Throws DestinationRefused unless the URL is plain http(s) to a host that is not a forbidden literal address. */
export function assertDestination(url: URL, policy: DestinationPolicy): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new DestinationRefused(`${url.protocol}// is not called: use http:// or https://`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new DestinationRefused(`${url.host}: a user name or password in the URL is not accepted`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !addressAllowed(host, policy)) throw refusedAddress(host);
}

function refusedAddress(host: string): DestinationRefused {
  return new DestinationRefused(
    `${host} leads to an address that is not called (loopback, link-local or metadata)`,
  );
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A `lookup` for sockets: the addresses that were checked are the very ones the socket connects to. */
export function guardedLookup(policy: DestinationPolicy) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    dnsLookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => addressAllowed(address, policy));
      const first = allowed[0];
      if (first === undefined) return callback(refusedAddress(host), []);
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}
