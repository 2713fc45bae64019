import { randomUUID } from 'node:crypto';
import { decideBulk } from '../../../api/bulk/decide-bulk.contract.js';
import { withdrawBulk } from '../../../api/bulk/withdraw-bulk.contract.js';
import { askAgent } from '../../../api/conflicts/ask-agent.contract.js';
import { assignConflict } from '../../../api/conflicts/assign-conflict.contract.js';
import type { ConflictRow } from '../../../api/conflicts/conflict-shape.contract.js';
import { decideConflict } from '../../../api/conflicts/decide-conflict.contract.js';
import { listConflicts } from '../../../api/conflicts/list-conflicts.contract.js';
import { readConflict } from '../../../api/conflicts/read-conflict.contract.js';
import { snoozeConflict } from '../../../api/conflicts/snooze-conflict.contract.js';
import { withdrawDecision } from '../../../api/conflicts/withdraw-decision.contract.js';
import { listRuns } from '../../../api/runs/list-runs.contract.js';
import { startRun } from '../../../api/runs/start-run.contract.js';
import { stopRun } from '../../../api/runs/stop-run.contract.js';
import { undoBulk } from '../../../api/undo/undo-bulk.contract.js';
import { undoDecision } from '../../../api/undo/undo-decision.contract.js';
import type { ApiClient } from '../../../cli/client.js';
import { CommandFailed } from '../../../cli/failure.js';
import type { Choice } from '../../../domain/conflict.js';
import type { Random } from '../../../simulators/worlds/demo/random.js';
import type { Tally } from './tally.js';

/** Choices that need more than one of the offered targets: nobody makes them here. */
const NEEDS_MORE: readonly Choice[] = ['per_field', 'edit_and_retry'];

/** What people do in Timebridge, through its API. What it refuses is told to them and is no finding. */
export class People {
  readonly #decided: { readonly conflictId: string; readonly decisionId: string }[] = [];
  readonly #bulks: string[] = [];
  /** Questions to agents, and whether somebody was told that the note is there. */
  readonly asked = new Map<string, boolean>();

  constructor(
    private readonly bridge: string,
    private readonly random: Random,
    private readonly tally: Tally,
  ) {}

  /** One thing that somebody does, at the API process that answers them. */
  async act(api: ApiClient): Promise<void> {
    const { random, tally } = this;
    const acts = [
      ...Array.from({ length: 7 }, () => ['decides', () => this.#decide(api)] as const),
      ['decides many', () => this.#decideMany(api)] as const,
      ['withdraws', () => this.#withdraw(api)] as const,
      ['withdraws many', () => this.#withdrawMany(api)] as const,
      ['undoes', () => this.#undo(api)] as const,
      ['snoozes or assigns', () => this.#touch(api)] as const,
      ['asks the agent', () => this.#ask(api)] as const,
      ['starts a run', () => this.#run(api, false)] as const,
      ['starts a run', () => this.#run(api, false)] as const,
      ['starts a full run', () => this.#run(api, true)] as const,
      ['stops a run', () => this.#stop(api)] as const,
    ] as const;
    const [name, act] = acts[random.between(0, acts.length - 1)] ?? acts[0];
    try {
      await act();
      tally.note(`person: ${name}`);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      tally.note(`person: ${name}, told ${error.code}`);
    }
  }

  async #decide(api: ApiClient): Promise<void> {
    const conflict = await this.#pickCase(api);
    if (conflict === null) return;
    const detail = await api.call(readConflict, { params: { conflictId: conflict.id } });
    const open = detail.choices.filter(
      ({ choice, refusal }) => refusal === null && !NEEDS_MORE.includes(choice),
    );
    const [first, ...others] = open;
    if (first === undefined) return;
    const { choice, targetId } = this.random.pick([first, ...others]);
    const decisionId = randomUUID();
    this.#decided.push({ conflictId: conflict.id, decisionId });
    await api.call(decideConflict, {
      params: { conflictId: conflict.id },
      body: {
        decisionId,
        version: detail.conflict.version,
        choice,
        ...(targetId === null ? {} : { parameters: { targetId } }),
      },
    });
    this.tally.note(`decision: ${conflict.kind} → ${choice}`, `case ${conflict.id}`);
  }

  async #decideMany(api: ApiClient): Promise<void> {
    const { items } = await api.call(listConflicts, {
      query: { bridge: this.bridge, view: 'open', limit: 50 },
    });
    const [first] = items;
    if (first === undefined) return;
    const same = items.filter(({ kind }) => kind === first.kind);
    const detail = await api.call(readConflict, { params: { conflictId: first.id } });
    const choices = detail.choices.filter(
      ({ targetId, choice }) => targetId === null && !NEEDS_MORE.includes(choice),
    );
    const [one, ...others] = choices;
    if (one === undefined) return;
    const bulkId = randomUUID();
    this.#bulks.push(bulkId);
    await api.call(decideBulk, {
      body: {
        bulkId,
        choice: this.random.pick([one, ...others]).choice,
        items: same.map(({ id, version }) => ({ conflictId: id, version })),
      },
    });
  }

  async #withdraw(api: ApiClient): Promise<void> {
    const last = this.#decided.at(-1);
    if (last === undefined) return;
    const { conflictId, decisionId } = last;
    await api.call(withdrawDecision, { params: { conflictId }, body: { decisionId } });
  }

  async #withdrawMany(api: ApiClient): Promise<void> {
    const bulkId = this.#bulks.at(-1);
    if (bulkId !== undefined) await api.call(withdrawBulk, { params: { bulkId } });
  }

  async #undo(api: ApiClient): Promise<void> {
    const bulkId = this.#bulks.at(0);
    const query = { preview: false };
    if (bulkId !== undefined && this.random.chance(0.4)) {
      await api.call(undoBulk, { params: { bulkId }, query });
      return;
    }
    const decided = this.#decided.at(0);
    if (decided === undefined) return;
    await api.call(undoDecision, { params: { decisionId: decided.decisionId }, query });
  }

  async #touch(api: ApiClient): Promise<void> {
    const conflict = await this.#pickCase(api);
    if (conflict === null) return;
    const params = { conflictId: conflict.id };
    if (this.random.chance(0.5)) await api.call(assignConflict, { params, body: { assigneeId: null } });
    else await api.call(snoozeConflict, { params, body: { until: null, untilChange: true } });
  }

  /** Whoever was not answered asks the same once more. */
  async #ask(api: ApiClient): Promise<void> {
    const conflict = await this.#pickCase(api);
    if (conflict === null) return;
    const askId = randomUUID();
    const body = { askId, text: 'Ist das richtig?', until: null };
    const ask = () => api.call(askAgent, { params: { conflictId: conflict.id }, body });
    this.asked.set(askId, false);
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      await ask();
    }
    this.asked.set(askId, true);
  }

  async #run(api: ApiClient, full: boolean): Promise<void> {
    await api.call(startRun, { params: { bridgeId: this.bridge }, body: { full } });
  }

  async #stop(api: ApiClient): Promise<void> {
    const { items } = await api.call(listRuns, { query: { bridge: this.bridge, limit: 1 } });
    for (const { id } of items) await api.call(stopRun, { params: { runId: id } });
  }

  async #pickCase(api: ApiClient): Promise<ConflictRow | null> {
    const { items } = await api.call(listConflicts, {
      query: { bridge: this.bridge, view: 'open', limit: 50 },
    });
    const [first, ...others] = items;
    return first === undefined ? null : this.random.pick([first, ...others]);
  }
}
