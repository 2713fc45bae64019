import { describe, expect, it } from 'vitest';
import * as messages from './messages.js';

/** What people ask of any process has one name in Temporal's own pages; here each process has its typed constant. */
const SHARED_NAMES: Readonly<Record<string, string>> = {
  bulkProgress: 'progress',
  undoProgress: 'progress',
  withdrawAll: 'withdraw',
};

const definitions = Object.entries(messages).flatMap(([exported, value]) =>
  typeof value === 'object' && 'type' in value && 'name' in value ? [{ exported, name: value.name }] : [],
);

describe('messages', () => {
  it.each(definitions)('$exported travels under its own name or the one it shares', ({ exported, name }) => {
    expect(name).toBe(SHARED_NAMES[exported] ?? exported);
  });

  it('are all looked at', () => {
    const exported = definitions.map((definition) => definition.exported).sort();
    expect(exported).toEqual([
      ...['ask', 'assign', 'bulkProgress', 'decide', 'factsChanged', 'progress', 'snooze', 'stop'],
      ...['ticketChanged', 'undoProgress', 'view', 'withdraw', 'withdrawAll'],
    ]);
  });
});
