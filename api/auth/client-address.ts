import ipaddr from 'ipaddr.js';
import type { RequestContext } from '../http/request-state.js';

/** Who calls. `X-Forwarded-For` is believed only as far as proxies we trust have written it. */
export function clientAddress(ctx: RequestContext, trustedProxies: readonly string[]): string {
  const chain = [...ctx.get('x-forwarded-for').split(','), ctx.req.socket.remoteAddress ?? '']
    .map((part) => part.trim())
    .filter((part) => ipaddr.isValid(part))
    .reverse();
  return plain(chain.find((address) => !isTrusted(address, trustedProxies)) ?? chain.at(-1) ?? '');
}

const plain = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;

function isTrusted(address: string, trustedProxies: readonly string[]): boolean {
  const parsed = ipaddr.process(address);
  return trustedProxies.some((proxy) => {
    if (!proxy.includes('/'))
      return ipaddr.isValid(proxy) && ipaddr.process(proxy).toString() === parsed.toString();
    const [network, bits] = ipaddr.parseCIDR(proxy);
    return network.kind() === parsed.kind() && parsed.match([network, bits]);
  });
}
