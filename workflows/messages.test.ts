import { describe, expect, it } from 'vitest';
import * as messages from './messages.js';

const definitions = Object.entries(messages).flatMap(([exported, value]) =>
  typeof value === 'object' && 'type' in value && 'name' in value ? [{ exported, name: value.name }] : [],
);

describe('messages', () => {
  it.each(definitions)('$exported travels under its own name', ({ exported, name }) => {
    expect(name).toBe(exported);
  });

  it('are all looked at', () => {
    const names = definitions.map(({ name }) => name).sort();
    expect(names).toEqual([
      ...['assign', 'decide', 'factsChanged', 'progress', 'snooze'],
      ...['stop', 'ticketChanged', 'view', 'withdraw'],
    ]);
  });
});
