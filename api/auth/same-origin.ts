import { Problem } from '../http/problem.js';
import type { RequestContext } from '../http/request-state.js';

/**
 * Refuses a change that another site's page sends with our cookies. A page of ours shows itself by
 * `Sec-Fetch-Site: same-origin` or its `Origin`; programs by the header `X-Timebridge`, which no foreign page
 * can set without asking first (and nobody answers that question). @throws Problem 403
 */
export function assertSameOrigin(ctx: RequestContext, publicUrl: string): void {
  if (ctx.get('x-timebridge') !== '') return;
  if (ctx.get('sec-fetch-site') === 'same-origin') return;
  const origin = ctx.get('origin');
  if (origin !== '' && (origin === new URL(publicUrl).origin || hostOf(origin) === ctx.get('host'))) return;
  throw new Problem(
    403,
    'foreign-origin',
    'A change with the cookies of a session must come from our own pages, or carry the header X-Timebridge: 1',
  );
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');
