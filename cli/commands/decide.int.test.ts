import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeBridge, makeConflict } from '../../api/testing/make-rows.js';
import { withApi } from '../../api/testing/test-api.js';
import type { ConflictFacts, Side } from '../../domain/conflict.js';
import { setConnectorToken } from '../../api/connectors/set-token.contract.js';
import { readCliConfig } from '../../config/cli.js';
import { connectApi } from '../client.js';
import { createProgram } from '../program.js';

const SIDE: Side = {
  seconds: 4500,
  day: '2026-11-10',
  begin: null,
  userId: '30',
  projectId: '10',
  activityId: '20',
  description: 'Drucker',
};
const offered = (choice: ConflictFacts['choices'][number]['choice']): ConflictFacts['choices'][number] => ({
  choice,
  targetId: null,
  effect: { code: 'will_change_nothing', facts: {} },
  desired: null,
  blocked: null,
});
const MISMATCH: Partial<ConflictFacts> = {
  kind: 'mismatch',
  why: {
    code: 'both_changed',
    facts: { fields: ['seconds'], sourceSeconds: 4500, targetSeconds: 6300 },
  },
  source: SIDE,
  target: { ...SIDE, seconds: 6300 },
  differing: ['seconds'],
  choices: [offered('take_source'), offered('per_field'), offered('skip')],
};

describe('cases on the command line', () => {
  const api = withApi();
  let said = '';

  beforeAll(() => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(() => {
    vi.stubEnv('TIMEBRIDGE_URL', api().url);
    vi.stubEnv('TIMEBRIDGE_TOKEN', api().users.admin.token);
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  async function run(line: string): Promise<string> {
    said = '';
    await createProgram().parseAsync(line.split(' '), { from: 'user' });
    return said.replaceAll('\u00a0', ' ');
  }
  const decisions = () =>
    api().gateway.calls.flatMap(({ name, args }) => (name === 'decideConflict' ? args[1] : []));

  it('are told and decided field by field, in the language that is asked for', async () => {
    const id = await makeConflict(api().deps.db, { ...MISMATCH, subject: 'lead:fields' });
    expect(await run(`conflicts ${id} --language de`)).toContain(
      '--field duration=zammad (1:15) oder duration=kimai (1:45)',
    );
    vi.stubEnv('TIMEBRIDGE_LANGUAGE', 'de');
    expect(await run(`conflicts ${id}`)).toContain('in Zammad auf 1:15 h, in Kimai auf 1:45 h.');
    expect(await run(`decide ${id} per_field --field duration=zammad`)).toMatch(
      /^Entschieden\. Wird in 10 s geschrieben; bis dahin nimmt das zurück: timebridge withdraw /,
    );
    expect(decisions().at(-1)).toMatchObject({
      conflictId: id,
      choice: 'per_field',
      parameters: { fields: { seconds: 'source' } },
    });
  });

  it('say which field does not differ, and which values are none', async () => {
    const id = await makeConflict(api().deps.db, { ...MISMATCH, subject: 'lead:wrong' });
    await expect(run(`decide ${id} per_field --field project=zammad`)).rejects.toThrow(
      'These fields do not differ: the project.',
    );
    await expect(run(`decide ${id} per_field --field project`)).rejects.toMatchObject({ exitCode: 2 });
    await expect(run(`decide ${id} create_again`)).rejects.toThrow('take_source, per_field, skip');
  });

  it('send what is edited with a retry', async () => {
    const rejected = {
      kind: 'rejected',
      subject: 'lead:edit',
      choices: [offered('edit_and_retry')],
    } as const;
    const id = await makeConflict(api().deps.db, rejected);
    await run(`decide ${id} edit_and_retry --begin 14:30 --duration 0:45 --project 10`);
    expect(decisions().at(-1)).toMatchObject({
      choice: 'edit_and_retry',
      parameters: { edit: { begin: '14:30', seconds: 2700, projectId: '10' } },
    });
  });

  it('are decided all at once only after a yes, and only those of the kind', async () => {
    const ids: string[] = [];
    for (const n of [1, 2, 3]) {
      const facts = { kind: 'ambiguous', subject: `lead:all${n}`, choices: [offered('skip')] } as const;
      ids.push(await makeConflict(api().deps.db, facts));
    }
    const shown = await run(`decide ${ids[0] ?? ''} skip --all-of-kind`);
    expect(shown).toContain(
      'This decides 3 cases: 0 to create, 0 to change, 0 to delete, 3 without a change',
    );
    expect(shown).toContain('Nothing was decided.');
    expect(api().gateway.calls.some(({ name }) => name === 'startBulk')).toBe(false);
    expect(await run(`decide ${ids[0] ?? ''} skip --all-of-kind --yes`)).toMatch(/^3 cases are decided/);
    expect(api().gateway.calls.filter(({ name }) => name === 'startBulk')).toHaveLength(1);
  });

  it('leave it to each case what a choice is about', async () => {
    const id = await makeConflict(api().deps.db, { ...MISMATCH, subject: 'lead:each' });
    await expect(run(`decide ${id} per_field --all-of-kind --field duration=zammad`)).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  it('the unit of Zammad is confirmed as it stands', async () => {
    await connectApi(readCliConfig()).call(setConnectorToken, {
      params: { connectorId: 'zammad' },
      body: { token: 'a-token-of-zammad' },
    });
    expect(await run('units zammad --language de')).toContain('Von Anfang an ist eine Einheit 0:01 h.');
    expect(await run('units zammad --confirm')).toMatch(/^Confirmed\./);
    await expect(run('units kimai')).rejects.toMatchObject({ exitCode: 2 });
  });
});
