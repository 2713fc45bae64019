import { randomUUID } from 'node:crypto';
import type { Decided } from '../../workflows/messages.js';
import { TemporalCallError } from '../../temporal/errors.js';
import type { TemporalGateway } from '../temporal-gateway.js';

export type GatewayCall = { readonly name: keyof TemporalGateway; readonly args: readonly unknown[] };

export type FakeGateway = TemporalGateway & {
  /** Every call that was let through, in order. */
  readonly calls: GatewayCall[];
  /** The call gets no answer before `until` is settled. */
  hold(name: keyof TemporalGateway, until: Promise<void>): void;
  /** From now on the call fails in this way; null makes it work again. */
  fail(name: keyof TemporalGateway, failure: Error | null): void;
};

export const unavailable = () => new TemporalCallError('unavailable', 'No answer within 3000 ms');
export const rejected = (type: string, ...details: unknown[]) =>
  new TemporalCallError('rejected', `refused: ${type}`, { type, details });

/**
 * Stands where Temporal is: answers as it does when all is well, or fails as a test wants it to.
 * `keepCheck` stores what a connection test found, as the worker would, and says by which id it is read.
 */
export function fakeGateway(
  keepCheck: (connectorId: string) => Promise<string> = () => Promise.resolve(randomUUID()),
): FakeGateway {
  const calls: GatewayCall[] = [];
  const failures = new Map<keyof TemporalGateway, Error>();
  const holds = new Map<keyof TemporalGateway, Promise<void>>();
  const call = async <T>(name: keyof TemporalGateway, args: readonly unknown[], answer: T): Promise<T> => {
    await holds.get(name);
    const failure = failures.get(name);
    if (failure) throw failure;
    calls.push({ name, args });
    return answer;
  };
  return {
    calls,
    hold: (name, until) => void holds.set(name, until),
    fail: (name, failure) => void (failure ? failures.set(name, failure) : failures.delete(name)),
    decideConflict: (ref, input) => call('decideConflict', [ref, input], decided(input.decisionId)),
    withdrawDecision: (input) => call('withdrawDecision', [input], undefined),
    snoozeConflict: (ref, input) => call('snoozeConflict', [ref, input], undefined),
    assignConflict: (ref, input) => call('assignConflict', [ref, input], undefined),
    askAgent: (ref, input) => call('askAgent', [ref, input], { noteId: '90', asleep: true, until: null }),
    startRun: (args) => call('startRun', [args], 'started'),
    stopRun: (bridgeId) => call('stopRun', [bridgeId], undefined),
    signalTicketChanged: (delivery) => call('signalTicketChanged', [delivery], undefined),
    checkConnector: async (id) => call('checkConnector', [id], { checkId: await keepCheck(id) }),
    installWebhook: (args) => call('installWebhook', [args], { ok: true, action: 'created' }),
    startPreview: (args) => call('startPreview', [args], undefined),
    resealTokens: () => call('resealTokens', [], { resealed: 1, current: 1, failed: [] }),
    startAlerts: () => call('startAlerts', [], undefined),
    applySchedule: (schedule) => call('applySchedule', [schedule], undefined),
    nextRuns: (bridgeId) => call('nextRuns', [bridgeId], [new Date('2026-12-01T06:00:00Z')]),
    startBulk: (bulkId) => call('startBulk', [bulkId], undefined),
    withdrawBulk: (input) => call('withdrawBulk', [input], undefined),
    startUndo: (undo) => call('startUndo', [undo], undefined),
    reachable: () => call('reachable', [], true),
  };
}

const decided = (decisionId: string): Decided => ({
  decisionId,
  applyAfter: '2026-12-01T06:00:10.000Z',
  graceMs: 10_000,
});
