import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sirv from 'sirv';
import type { RequestContext } from './request-state.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The built pages: files as they were compressed by the build, and `index.html` for every address that a person may
 * have opened or bookmarked. Unknown files below `/assets/` are 404, never a page.
 */
export function serveWeb(dir: string): (ctx: RequestContext, next: () => Promise<void>) => Promise<void> {
  const indexFile = join(dir, 'index.html');
  if (!existsSync(indexFile))
    throw new Error(`${indexFile} is missing; build the pages with "npm run build"`);
  const index = readFileSync(indexFile);
  const files = sirv(dir, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (res, path) =>
      res.setHeader('Cache-Control', path.startsWith('/assets/') ? IMMUTABLE : 'no-cache'),
  });
  return async (ctx, next) => {
    if (!isForPages(ctx)) return next();
    const sent = isPageAddress(ctx.path) ? false : await sendFile(ctx, files);
    if (sent || ctx.path.startsWith('/assets/') || !ctx.accepts('html')) return sent ? undefined : next();
    ctx.set('Cache-Control', 'no-cache');
    ctx.type = 'html';
    ctx.body = index;
  };
}

const isForPages = ({ method, path }: RequestContext): boolean =>
  (method === 'GET' || method === 'HEAD') && !/^\/(api|metrics|healthz)(\/|$)/.test(path);

const isPageAddress = (path: string): boolean => path === '/' || path === '/index.html';

/** Hands the bare request over to sirv; false when it has no such file. */
function sendFile(ctx: RequestContext, files: ReturnType<typeof sirv>): Promise<boolean> {
  return new Promise((resolve) => {
    ctx.res.statusCode = 200; // Koa begins with 404
    const done = () => {
      ctx.respond = false;
      resolve(true);
    };
    ctx.res.once('close', done);
    files(ctx.req, ctx.res, () => {
      ctx.res.off('close', done);
      ctx.res.statusCode = 404;
      resolve(false);
    });
  });
}
