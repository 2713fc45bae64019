import helmet from 'koa-helmet';

const NONE = ["'none'"];
const SELF = ["'self'"];

/**
 * What browsers may do with our pages. Styles made at run time (theme colours) need 'unsafe-inline'; scripts never do.
 * HSTS is for https alone: on a machine without it the browser would lock itself out.
 */
export const securityHeaders = (publicUrl: string) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NONE,
        scriptSrc: SELF,
        styleSrc: [...SELF, "'unsafe-inline'"],
        imgSrc: [...SELF, 'data:'],
        fontSrc: SELF,
        connectSrc: SELF,
        manifestSrc: SELF,
        baseUri: NONE,
        objectSrc: NONE,
        formAction: SELF,
        frameAncestors: NONE,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    hsts: publicUrl.startsWith('https:') ? { maxAge: 63_072_000, includeSubDomains: false } : false,
  });
