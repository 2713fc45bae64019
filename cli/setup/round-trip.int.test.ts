import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { withApi } from '../../api/testing/test-api.js';
import { rows } from '../../db/sql.js';
import { DEFAULT_POLICIES, POLICY_VALUES } from '../../domain/policies.js';
import { connectApi, type ApiClient } from '../client.js';
import { applySetup } from './apply.js';
import { exportSetup } from './export.js';
import { parseSetup } from './setup-file.js';

const DOCS = readFileSync(new URL('../../docs/installation.md', import.meta.url), 'utf8');
const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(DOCS)?.[1] ?? '';
const KIMAI_CA = readFileSync(
  new URL('../../connectors/http/fixtures/localhost.crt', import.meta.url),
  'utf8',
).trim();
const TOKENS = { ZAMMAD_TOKEN: 'a-token-of-zammad', KIMAI_TOKEN: 'a-token-of-kimai', KIMAI_CA };
/** Each value of each policy that is one of a few, where it needs no other policy with it. */
const POLICIES_OF_ONE_VALUE = Object.entries(POLICY_VALUES).flatMap(([name, values]) =>
  values.filter((value) => value !== 'fixed').map((value) => ({ [name]: value })),
);
const OPTIONS = { renewTokens: false, confirmEarlierStart: false };

describe('the example of the installation page', () => {
  const api = withApi();
  const client = (): ApiClient =>
    connectApi({
      dataDir: '',
      apiUrl: api().url,
      urlGiven: true,
      token: api().users.admin.token,
      language: 'en',
    });
  /** What the test of Kimai would have read there. */
  const readKimai = async () => {
    for (const [kind, id, parent] of [
      ['customer', '1', null],
      ['project', '10', '1'],
      ['activity', '20', null],
      ['activity', '21', null],
      ['user', '30', null],
    ])
      await rows(
        { db: api().deps.db, tx: null },
        `insert into catalogue_items (connector_id, kind, external_id, name, parent_id, active, read_at)
         values ('kimai', $1, $2, $1 || $2, $3, true, now()) returning 1`,
        [kind, id, parent],
      );
  };
  const actions = (changes: Awaited<ReturnType<typeof applySetup>>) => [
    ...new Set(changes.map(({ action }) => action)),
  ];

  it('is applied as it stands, changes nothing a second time, and comes back by export', async () => {
    const setup = parseSetup(EXAMPLE, TOKENS);
    await applySetup(client(), { connectors: setup.connectors }, OPTIONS);
    await readKimai();
    const first = await applySetup(client(), setup, OPTIONS);
    expect(first).toContainEqual(expect.objectContaining({ what: 'bridge', id: 'main', action: 'created' }));
    expect(actions(await applySetup(client(), setup, OPTIONS))).toEqual(['unchanged']);

    const exported = await exportSetup(client());
    expect(exported.connectors).toMatchObject([
      { id: 'zammad', webUrl: 'https://helpdesk.example.com', unitPeriods: [{}, { secondsPerUnit: 60 }] },
      { id: 'kimai', settings: { proxy: 'http://proxy.example.com:3128' } },
    ]);
    const again = parseSetup(stringify(exported), TOKENS);
    expect(again.bridges).toEqual(setup.bridges);
    expect(actions(await applySetup(client(), again, OPTIONS))).toEqual(['unchanged']);
    expect(stringify(exported)).not.toContain('a-token-of');
  });

  it('takes a schedule that names some of its parts: the others are as a bridge begins, and stay', async () => {
    const part = (schedule: string) =>
      parseSetup(
        `bridges: [{ id: part, name: Part, source: zammad, target: kimai, schedule: ${schedule} }]`,
        {},
      );
    const scheduleNow = async () =>
      (await exportSetup(client())).bridges?.find(({ id }) => id === 'part')?.schedule;
    await applySetup(client(), part("{ cron: '7 * * * *' }"), OPTIONS);
    const begun = await scheduleNow();
    expect(begun).toMatchObject({ cron: '7 * * * *', timeZone: 'Europe/Berlin', paused: false });
    expect(begun?.nightlyCron).toMatch(/^\d+ \d+ \* \* \*$/);
    await applySetup(client(), part('{ paused: true, nightlyCron: null }'), OPTIONS);
    expect(await scheduleNow()).toEqual({ ...begun, paused: true, nightlyCron: null });
    expect(actions(await applySetup(client(), part('{ paused: true }'), OPTIONS))).toEqual(['unchanged']);
  });

  it.each([
    ...POLICIES_OF_ONE_VALUE,
    { project: 'fixed', fixedProjectId: '10' },
    { project: 'per_customer', fixedProjectId: '10' },
    { fixedProjectId: null },
    { quietMinutes: 60 },
    { marker: false },
    { descriptionTemplate: 'Ticket: "{ticket.number}" – {type}' },
    { tags: ['a b', 'ö'] },
    { billableByActivity: { '20': false } },
    { dayStart: '07:30' },
    { fuzzyThreshold: 0.75 },
    { fourEyesSeconds: 28_800 },
  ])('comes back by export with the policy %j', async (policies) => {
    const given = { id: 'main', name: 'Main', source: 'zammad', target: 'kimai', policies };
    await applySetup(client(), parseSetup(stringify({ bridges: [given] }), {}), OPTIONS);
    const exported = parseSetup(stringify(await exportSetup(client())), TOKENS);
    expect(exported.bridges?.find(({ id }) => id === 'main')?.policies).toMatchObject(policies);
    expect(actions(await applySetup(client(), exported, OPTIONS))).toEqual(['unchanged']);
  });

  it('comes back by export with every policy there is, and with all that a rule says', async () => {
    const rules = [
      {
        name: 'Small differences of Support',
        when: {
          kinds: ['mismatch', 'target_changed'],
          customerKeys: ['organization:7', 'customer:9'],
          userIds: ['4'],
          activityTypeIds: ['3', ''],
          secondsBelow: 900,
          secondsFrom: 60,
        },
        then: 'keep_target',
        enabled: true,
      },
      { name: 'Ask about Anna', when: { userIds: ['4'] }, then: 'ask', enabled: false },
    ];
    const given = { id: 'main', name: 'Main', source: 'zammad', target: 'kimai', rules };
    await applySetup(client(), parseSetup(stringify({ bridges: [given] }), {}), OPTIONS);
    const exported = (await exportSetup(client())).bridges?.find(({ id }) => id === 'main');
    expect(exported?.rules).toEqual(rules);
    expect(Object.keys(exported?.policies ?? {}).sort()).toEqual(Object.keys(DEFAULT_POLICIES).sort());
    const again = parseSetup(stringify(await exportSetup(client())), TOKENS);
    expect(actions(await applySetup(client(), again, OPTIONS))).toEqual(['unchanged']);
  });

  it('names a mapping that Kimai does not know, and changes the others', async () => {
    const wrong = parseSetup(
      EXAMPLE.replace("source: '1', target: '20'", "source: '1', target: '404'"),
      TOKENS,
    );
    await expect(applySetup(client(), wrong, OPTIONS)).rejects.toThrow(/activities "1": .*active activity/);
  });
});
