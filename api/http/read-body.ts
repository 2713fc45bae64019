import type { RequestContext } from './request-state.js';
import { Problem } from './problem.js';

const JSON_LIMIT = 512 * 1024;

/** The body's bytes. Counts what arrives instead of trusting Content-Length. @throws Problem 413 */
export async function readRaw(ctx: RequestContext, limit: number): Promise<Buffer> {
  if (Number(ctx.get('content-length') || 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  // A plain `for await` over the request would destroy the socket on a throw: the 413 could not be sent.
  const parts: AsyncIterable<Buffer> = ctx.req.iterator({ destroyOnReturn: false });
  for await (const part of parts) {
    size += part.length;
    if (size > limit) {
      ctx.req.resume();
      throw tooLarge(limit);
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks, size);
}

const tooLarge = (limit: number) =>
  new Problem(413, 'too-large', `The body may have at most ${limit} bytes`, {}, { Connection: 'close' });

/** The body as JSON; undefined when there is none. @throws Problem 400, 413, 415 */
export async function readJson(ctx: RequestContext): Promise<unknown> {
  const raw = await readRaw(ctx, JSON_LIMIT);
  if (raw.length === 0) return undefined;
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(ctx.get('content-type'))) {
    throw new Problem(
      415,
      'not-json',
      'The body must be JSON, with the header Content-Type: application/json',
    );
  }
  return parseJson(raw);
}

/** @throws Problem 400 that says where the text stops being JSON */
export function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (failure) {
    const where = failure instanceof Error ? failure.message : 'unreadable';
    throw new Problem(400, 'bad-json', `The body is not JSON in UTF-8: ${where}`);
  }
}
