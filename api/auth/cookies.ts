import type { RequestContext } from '../http/request-state.js';

export type Cookies = {
  read(ctx: RequestContext, cookie: 'access' | 'refresh'): string | undefined;
  write(ctx: RequestContext, cookie: 'access' | 'refresh', value: string, expires: Date): void;
  clear(ctx: RequestContext): void;
};

/**
 * The cookies of a session: never readable by scripts, never sent from another site. Over https they carry the
 * `__Host-` prefix; over plain http (this machine, a LAN) browsers would refuse that, and because cookies do not
 * know ports, the name says which installation of the machine they belong to.
 */
export function createCookies(publicUrl: string): Cookies {
  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === 'https:';
  const nameOf = (cookie: string) => (secure ? `__Host-tb-${cookie}` : `tb-${cookie}-${port || '80'}`);
  const attributes = { httpOnly: true, sameSite: 'strict', secure, path: '/', overwrite: true } as const;
  return {
    read: (ctx, cookie) => ctx.cookies.get(nameOf(cookie)),
    write: (ctx, cookie, value, expires) => {
      ctx.cookies.secure = secure; // behind a proxy the request itself arrives as plain http
      ctx.cookies.set(nameOf(cookie), value, { ...attributes, expires });
    },
    clear: (ctx) => {
      ctx.cookies.secure = secure;
      for (const cookie of ['access', 'refresh']) {
        ctx.cookies.set(nameOf(cookie), '', { ...attributes, expires: new Date(0) });
      }
    },
  };
}
