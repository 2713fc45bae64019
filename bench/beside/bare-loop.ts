import { Pool } from 'undici';

/* What is physically possible: the same calls by a few lines of undici, nothing kept, nothing checked. */

export type BareCall = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown };

/** Makes the calls of one system in their order, `atATime` of them at once. @returns how long it took, in ms. */
export async function bareLoop(
  url: string,
  authorization: string,
  calls: readonly BareCall[],
  atATime: number,
): Promise<number> {
  const pool = new Pool(url, { connections: atATime });
  const headers = { authorization, 'content-type': 'application/json' };
  const since = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let call = calls[next++]; call !== undefined; call = calls[next++]) {
      const { method, path, body } = call;
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const reply = await pool.request({ method, path, headers, ...sent });
      if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.statusCode} ${await reply.body.text()}`);
      await reply.body.json();
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  const took = performance.now() - since;
  await pool.close();
  return took;
}
