import { Context } from '@temporalio/activity';

/** Well within the heartbeat time-out of the profiles, which is shorter than a slow system's answer may take. */
const BEAT_MS = 10_000;

/** The server is told no more often (`maxHeartbeatThrottleInterval`), and every beat is encoded. */
const LEAST_MS = 500;

type Said = { readonly details: unknown; readonly at: number };
/** What each activity under way said last, and when it was told; a beat in between must not wipe it. */
const said = new WeakMap<Context, Said>();

/** Says how far the activity is; also how a cancellation reaches it. */
export function heartbeat(details: unknown): void {
  const context = Context.current();
  const toldAt = said.get(context)?.at ?? 0;
  const isDue = Date.now() - toldAt >= LEAST_MS;
  said.set(context, { details, at: isDue ? Date.now() : toldAt });
  if (isDue) context.heartbeat(details);
}

/** Shows that an activity lives while it waits for another system. Call the answer when it ends. */
export function keepAlive(context: Context): () => void {
  const beat = setInterval(() => context.heartbeat(said.get(context)?.details), BEAT_MS);
  return () => clearInterval(beat);
}
