import { describe, expect, it } from 'vitest';
import * as yup from 'yup';
import { readHistories } from './histories.js';

const history = yup.object({
  events: yup
    .array(
      yup.object({
        eventType: yup.string().required(),
        userMetadata: yup.object({ summary: yup.object({ data: yup.string() }).default(undefined) }),
        workflowExecutionStartedEventAttributes: yup
          .object({
            workflowType: yup.object({ name: yup.string().required() }),
            searchAttributes: yup.object({ indexedFields: yup.object() }),
          })
          .default(undefined),
      }),
    )
    .required(),
});

const summaryOf = (data: string | undefined): string => Buffer.from(data ?? '', 'base64').toString();

/** What an operator reads line by line in the Temporal UI. */
const LINES = ['EVENT_TYPE_ACTIVITY_TASK_SCHEDULED', 'EVENT_TYPE_TIMER_STARTED'];
/** Search attributes of processes that are looked for by bridge or ticket (docs/operations.md). */
const FOUND_BY: Readonly<Record<string, readonly string[]>> = {
  syncRun: ['TbBridge', 'TbTrigger'],
  startRun: ['TbBridge', 'TbTrigger'],
  ticketSync: ['TbBridge', 'TbTicket'],
};

describe('a process in the Temporal UI', () => {
  const recorded = readHistories().map(({ workflowId, history: found }) => {
    return { workflowId, ...history.validateSync(found) };
  });

  it('says in words what each activity and each wait is for', () => {
    const lines = recorded.flatMap(({ workflowId, events }) =>
      events
        .filter(({ eventType }) => LINES.includes(eventType))
        .map(({ userMetadata }) => ({ workflowId, words: summaryOf(userMetadata.summary?.data) })),
    );
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter(({ words }) => !/^"[A-Za-z].{3,}"$/.test(words))).toEqual([]);
  });

  it('is found by its bridge and ticket, and says what it is about', () => {
    const starts = recorded.flatMap(({ workflowId, events: [first] }) => {
      const started = first?.workflowExecutionStartedEventAttributes;
      const wanted = FOUND_BY[started?.workflowType.name ?? ''];
      return wanted === undefined ? [] : [{ workflowId, first, started, wanted }];
    });
    expect(starts.length).toBeGreaterThan(5);
    for (const { workflowId, first, started, wanted } of starts) {
      const attributes = Object.keys(started?.searchAttributes.indexedFields ?? {});
      expect(attributes, workflowId).toEqual(expect.arrayContaining([...wanted]));
      expect(summaryOf(first?.userMetadata.summary?.data), workflowId).toMatch(/\*\*.+\*\*/);
    }
  });
});
