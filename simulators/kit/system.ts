import type { Call } from './call.js';
import type { Reply } from './reply.js';
import type { Router } from './router.js';

/** One simulated system: its world and how it answers. The kit gives it a port, faults, a clock and a log. */
export interface System {
  /** Lower-case name, as in the ready line: `kimai`. */
  readonly name: string;
  /** Its control routes beyond the common ones; paths begin with `/__control/`. */
  readonly controls: Router;
  /** Answers one call of the real API, or of a page for people. */
  handle(call: Call): Reply | Promise<Reply>;
  /** Number of rows per kind. */
  counts(): Readonly<Record<string, number>>;
  /** Settings in force, as JSON. */
  settings(): unknown;
  /** Replaces the world. Throws `BadControl` naming the worlds that exist. */
  reset(world: string): void;
  /** Writes what is not yet on disk. */
  flush(): Promise<void>;
}
