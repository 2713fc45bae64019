import { Context } from '@temporalio/activity';

/** Well within the heartbeat time-out of the profiles, which is shorter than a slow system's answer may take. */
const BEAT_MS = 10_000;

/** What each activity under way said last; a beat in between must not wipe it. */
const said = new WeakMap<Context, unknown>();

/** Says how far the activity is; also how a cancellation reaches it. */
export function heartbeat(details: unknown): void {
  const context = Context.current();
  said.set(context, details);
  context.heartbeat(details);
}

/** Shows that an activity lives while it waits for another system. Call the answer when it ends. */
export function keepAlive(context: Context): () => void {
  const beat = setInterval(() => context.heartbeat(said.get(context)), BEAT_MS);
  return () => clearInterval(beat);
}
