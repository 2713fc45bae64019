import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import * as workflows from '../../workflows/index.js';
import { readHistories } from './histories.js';
import { SCENARIOS } from './scenarios.js';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

const histories = readHistories();
const bundle = (path: string) =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(path, import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });

describe('the committed histories', () => {
  let workflowBundle: Awaited<ReturnType<typeof bundle>>;
  beforeAll(async () => {
    workflowBundle = await bundle('../../workflows/index.ts');
  }, 60_000);

  it('cover every scenario', () => {
    const recorded = new Set(histories.map(({ scenario }) => scenario));
    expect(Object.keys(SCENARIOS).filter((name) => !recorded.has(name))).toEqual([]);
  });

  it('belong to a scenario that says how they came about', () => {
    expect(histories.map(({ scenario }) => scenario).filter((name) => !(name in SCENARIOS))).toEqual([]);
  });

  it('cover every workflow', () => {
    const covered = new Set(Object.values(SCENARIOS).map(({ workflow }) => workflow));
    expect(Object.keys(workflows).filter((name) => !covered.has(name))).toEqual([]);
  });

  it('are what the workflows would do again', async () => {
    const broken: string[] = [];
    let replayed = 0;
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
      replayed += 1;
      if (error) broken.push(`${workflowId}: ${error.message}`);
    }
    expect(broken).toEqual([]);
    expect(replayed).toBe(histories.length);
  }, 60_000);

  it('are refused by a workflow that does something else first', async () => {
    const brokenBundle = await bundle('./broken-workflows.ts');
    const mine = histories.filter(({ scenario }) => scenario === 'check-connector');
    const errors: (string | undefined)[] = [];
    for await (const { error } of Worker.runReplayHistories({ workflowBundle: brokenBundle }, mine)) {
      errors.push(error?.name);
    }
    expect(errors).toEqual(mine.map(() => 'DeterminismViolationError'));
    expect(mine).not.toEqual([]);
  }, 60_000);
});
