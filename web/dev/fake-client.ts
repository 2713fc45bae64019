import type { ApiClient, EventListener } from '../api/client';
import { ApiProblem } from '../api/problem';
import { createFakeWorld, type FakeWorld } from './fake-world';
import { answersOf } from './fake-answers';

/** The second client behind the one interface: a world in memory, for component tests and for working on screens. */
export function createFakeClient(world: FakeWorld = createFakeWorld()): ApiClient {
  const answers = answersOf(world);
  const listeners = new Set<EventListener>();
  world.onChange((ids) => {
    for (const listener of listeners) listener.event('change', { topic: 'conflicts', ids });
  });
  return {
    call: async (contract, input) => {
      await Promise.resolve();
      const answer = answers[contract.id];
      if (!answer) throw new ApiProblem(501, 'not-in-fake', contract.id);
      const parts = { params: record(input.params), query: record(input.query), body: record(input.body) };
      return contract.reply.validate(answer(parts), { stripUnknown: true });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
