import { listConflicts } from '../../../api/conflicts/list-conflicts.contract.js';
import { listRuns } from '../../../api/runs/list-runs.contract.js';
import { api, BRIDGE } from './systems.js';

export type Screen = {
  readonly name: string;
  readonly path: string;
  /** Of a visitor who is not logged in. */
  readonly visitor?: true;
  /** As if the bridge asked for two people, and a colleague had proposed something. */
  readonly twoPeople?: true;
};

/** The lists and settings; each is also shown while it loads, without anything in it, and failing. */
export const VIEWS: readonly Screen[] = [
  { name: 'inbox', path: '/inbox' },
  { name: 'snoozed', path: '/snoozed' },
  { name: 'done', path: '/done' },
  { name: 'overview', path: '/overview' },
  { name: 'runs', path: '/runs' },
  { name: 'entries', path: '/entries' },
  { name: 'audit', path: '/audit' },
  { name: 'bridges', path: '/bridges' },
  { name: 'bridge', path: `/bridges/${BRIDGE}` },
  { name: 'bridge-new', path: '/bridges/new' },
  { name: 'mappings', path: '/mappings' },
  { name: 'mappings-users', path: '/mappings?kind=users' },
  { name: 'mappings-customers', path: '/mappings?kind=customers' },
  { name: 'connectors', path: '/connectors' },
  { name: 'connector-zammad', path: '/connectors/zammad' },
  { name: 'connector-kimai', path: '/connectors/kimai' },
  { name: 'connector-new', path: '/connectors/new' },
  { name: 'rules', path: '/rules' },
  { name: 'users', path: '/users' },
  { name: 'settings', path: '/settings' },
];

const SETUP = ['zammad', 'kimai', 'time', 'users', 'activities', 'customers', 'policies', 'webhook', 'start'];

/** Every screen of the installation: the views, a case of each kind that is open, the newest run, each step of the set-up. */
export async function allScreens(): Promise<readonly Screen[]> {
  const { items: cases } = await api().call(listConflicts, { query: { view: 'open', limit: 200 } });
  const runs = await api().call(listRuns, { query: { limit: 1 } });
  const firstOfKind = new Map(cases.toReversed().map(({ kind, id }) => [kind, id]));
  return [
    { name: 'login', path: '/login', visitor: true },
    ...VIEWS,
    ...runs.items.map(({ id }) => ({ name: 'run', path: `/runs/${id}` })),
    ...[...firstOfKind].map(([kind, id]) => ({ name: `case-${kind}`, path: `/inbox/${id}` })),
    ...[...firstOfKind].slice(0, 1).map(([, id]) => ({
      ...{ name: 'case-two-people', path: `/inbox/${id}`, twoPeople: true as const },
    })),
    ...SETUP.map((step) => ({ name: `setup-${step}`, path: `/setup?step=${step}` })),
    { name: 'not-found', path: '/nowhere' },
  ];
}
