import { describe, expect, it } from 'vitest';
import { asks, bridge, booked, entry, input, stepOf } from './books.test-support.js';
import type { Gap } from './gaps.js';
import { PreviewTally } from './preview.js';
import { findCustomer, findProject, provisionKey, provisionOf, type Provision } from './provision.js';
import { reconcile } from './reconcile.js';
import type { CatalogueItem } from './staged.js';

const ACME: Gap = { kind: 'unmapped_customer', key: 'organization:7', name: 'Acme' };
const WANTED: Provision = {
  customer: { name: 'Acme', number: 'a1-7' },
  project: { name: 'Acme', number: 'a1-7' },
};

const item = (
  kind: 'customer' | 'project',
  id: string,
  over: Partial<CatalogueItem> = {},
): CatalogueItem => ({
  ...{ kind, externalId: id, name: 'Other', parentId: kind === 'project' ? '1' : null, number: null },
  ...{ orderNumber: null, email: null, active: true },
  ...over,
});
const customer = (id: string, over: Partial<CatalogueItem> = {}) => item('customer', id, over);
const project = (id: string, over: Partial<CatalogueItem> = {}) => item('project', id, over);

describe('what is made for a gap', () => {
  it('I39 a customer and a project of the name of the organization, numbered by bridge and organization', () => {
    expect(provisionOf(ACME, 'a1')).toEqual(WANTED);
    expect(provisionOf({ ...ACME, name: '  Acme \n GmbH ' }, 'a1')?.customer.name).toBe('Acme GmbH');
  });

  it('I39 nothing for a person without an organization, for a name that is none, and for other gaps', () => {
    expect(provisionOf({ ...ACME, key: 'customer:9', name: 'Jana Kunde' }, 'a1')).toBeNull();
    expect(provisionOf({ ...ACME, name: ' x ' }, 'a1')).toBeNull();
    expect(provisionOf({ ...ACME, kind: 'unmapped_user' }, 'a1')).toBeNull();
  });

  it('I39 a name is cut where Kimai takes no more, and a project has no number where it would not fit', () => {
    expect(provisionOf({ ...ACME, name: 'x'.repeat(151) }, 'a1')?.customer.name).toHaveLength(150);
    expect(provisionOf({ ...ACME, key: 'organization:123' }, 'bcdfgh')?.project.number).toBe('bcdfgh-123');
    const long = provisionOf({ ...ACME, key: 'organization:1234' }, 'bcdfgh');
    expect(long).toMatchObject({ customer: { number: 'bcdfgh-1234' }, project: { number: null } });
  });
});

describe('what is there already', () => {
  it.each([
    [
      'by its number, whatever it is called now',
      [customer('1', { number: 'a1-7' }), customer('2', { name: 'Acme' })],
      '1',
    ],
    [
      'by its exact name, whatever its number',
      [customer('1'), customer('2', { name: ' Acme ', number: '0002' })],
      '2',
    ],
  ])('I39 is taken %s', (_told, customers, id) => {
    const found = findCustomer(WANTED, customers);
    expect(found).toMatchObject({ kind: 'found', item: { externalId: id } });
  });

  it.each([
    [
      'two bear the name',
      [customer('1', { name: 'Acme' }), customer('2', { name: 'Acme' })],
      'several_customers',
    ],
    ['one is written otherwise', [customer('1', { name: 'ACME' })], 'customer_alike'],
    ['it is hidden', [customer('1', { name: 'Acme', active: false })], 'customer_hidden'],
  ])('I39 is asked about where %s', (_told, customers, doubt) => {
    expect(findCustomer(WANTED, customers)).toEqual({ kind: 'doubt', doubt });
  });

  it('I39 is made where nothing is, never taken for being alike', () => {
    expect(findCustomer(WANTED, [customer('1', { name: 'Acme Ltd' })])).toEqual({ kind: 'absent' });
  });

  it.each([
    ['none', [], { kind: 'absent' }],
    ['one that is over', [project('5', { active: false })], { kind: 'absent' }],
    ['one of that number', [project('5', { number: 'a1-7' }), project('6')], { kind: 'found' }],
    ['one of that name', [project('5', { name: 'Acme' }), project('6')], { kind: 'found' }],
    ['its own, hidden', [project('5', { name: 'Acme', active: false })], { doubt: 'project_closed' }],
    [
      'two of that name',
      [project('5', { name: 'Acme' }), project('6', { name: 'Acme' })],
      { doubt: 'several_projects' },
    ],
    ['others', [project('5')], { doubt: 'other_projects' }],
  ])('I39 a customer with %s', (_told, projects, found) => {
    expect(findProject(WANTED, projects)).toMatchObject(found);
  });
});

describe('a bridge that makes customers', () => {
  const unmapped = bridge({ customers: 'create' }, { mappings: { ...bridge().mappings, customers: {} } });
  const two = [booked(entry(1)), booked(entry(2, { ticketId: '51' }))];
  const books = (over: Parameters<typeof input>[0] = {}) =>
    input({ bridge: unmapped, entries: two, ...over });

  it('I39 makes one for all that waits, which stands as waiting to be written', () => {
    const plan = reconcile(books());
    expect(stepOf(plan, 'provision')).toMatchObject({
      key: 'organization:7',
      entryIds: ['1', '2'],
      seconds: 3600,
      provision: { customer: { name: 'Acme' } },
    });
    expect(plan.outcomes.map(({ state }) => state)).toEqual(['pending', 'pending']);
    expect(asks(plan)).toEqual([]);
  });

  it('I39 asks what Kimai did not make, as long as the same would be made', () => {
    const wanted = provisionOf(ACME, unmapped.code);
    const refusal = { code: 'permission_missing', quoted: ['create_customer'], at: '2026-11-20T10:00:00Z' };
    const refusals = (sent: string) => ({ 'gap:unmapped_customer:organization:7': { ...refusal, sent } });
    const [asked] = asks(
      reconcile(books({ rest: { refusals: refusals(wanted ? provisionKey(wanted) : '') } })),
    );
    expect(asked?.facts.why).toMatchObject({
      code: 'provision_refused',
      facts: { cause: 'permission_missing', quoted: 'create_customer', name: 'Acme' },
    });
    expect(asks(reconcile(books({ rest: { refusals: refusals('what was sent before') } })))).toEqual([]);
  });

  it.each([
    [[], 'customer', null],
    [[customer('1', { name: 'Acme' })], 'project', null],
    [[customer('1', { name: 'Acme' }), project('5', { name: 'Acme' })], 'nothing', null],
    [[customer('1', { name: 'Acme' }), project('5')], 'question', 'other_projects'],
    [[customer('1', { name: 'ACME' })], 'question', 'customer_alike'],
  ] as const)('I39 the preview of %j says that it makes: %s', (catalogue, makes, doubt) => {
    const tally = new PreviewTally();
    const { entries } = books();
    for (const one of entries) tally.add([one], reconcile(books({ entries: [one] })));
    const summary = tally.summary(catalogue);
    expect(summary.provisions).toEqual([
      { key: 'organization:7', name: 'Acme', makes, doubt, entryCount: 2, seconds: 3600 },
    ]);
    expect(summary.steps).toEqual([{ kind: 'provision', count: 2, seconds: 3600 }]);
  });
});
