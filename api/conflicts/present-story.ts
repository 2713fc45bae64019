import type { StoryItem } from '../../db/stores/story.js';
import { iso } from '../present.js';

/** Facts without a value say nothing and are left out. */
export const presentStoryItem = (item: StoryItem) => ({
  at: iso(item.at),
  code: item.code,
  facts: Object.fromEntries(Object.entries(item.facts).filter(([, fact]) => fact !== null)),
  actor: { kind: item.actorKind, id: item.actorId, name: item.actorName },
});
