import { Client, Connection } from '@temporalio/client';
import type { Installation } from '../stage/installation.js';

/** Names, addresses and words of the two systems' people: none of them may stand in a process's history. */
const PERSONAL: readonly RegExp[] = [
  /\b(Anna|Ada|Carla|Rita) (Agent|Admin|Customer|Reader)\b/,
  /@example\.com/,
  /Drucker|Vor Ort|telefonisch|Besprechung/,
  /Example GmbH/,
  /tok_(sync|agent|admin)/,
];

/** Base64 of a payload and plain text alike: the bytes as they are kept. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join('\n');
  return typeof value === 'string' ? value : '';
}

/** Reads the histories of all processes that began since, ended and running. @returns which of them holds what, in words. */
export async function personalDataInHistories(
  { temporalAddress }: Installation,
  since: Date,
): Promise<readonly string[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  const query = `StartTime >= '${since.toISOString()}'`;
  const found: string[] = [];
  let read = 0;
  try {
    for await (const { workflowId, runId } of client.workflow.list({ query })) {
      if (workflowId.startsWith('temporal-sys')) continue;
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const text = textOf(history.events);
      read += 1;
      for (const personal of PERSONAL) {
        const match = personal.exec(text);
        if (match !== null) found.push(`the history of ${workflowId} holds “${match[0]}”`);
      }
    }
  } finally {
    await connection.close();
  }
  return read === 0 ? ['there was no history to look into'] : found;
}
