import { describe, expect, it } from 'vitest';
import type { AnySchema } from 'yup';
import { readRecord } from '../../connectors/parse.js';
import { normaliseRow } from '../../connectors/kimai/normalise.js';
import { readFormErrors } from '../../connectors/kimai/refusals.js';
import {
  activitySchema,
  configSchema,
  customerSchema,
  meSchema,
  projectSchema,
  userSchema,
  versionSchema,
} from '../../connectors/kimai/schema.js';
import { fill, readRecording, type Step } from '../contract/recording.js';

const FILES = ['./kimai/stock.json', './kimai/strict-rules.json'];

type Recorded = {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly step: Step;
  readonly body: unknown;
};

/** Every recorded answer, with a number in the place of each id. */
function recorded(): readonly Recorded[] {
  return FILES.flatMap((file) => {
    const { steps, world } = readRecording(file);
    const names = steps.flatMap((step) => Object.keys(step.save ?? {}));
    const ids = new Map([...Object.keys(world.userIds), ...names].map((name, index) => [name, index + 1]));
    return steps.map((step) => ({
      name: `${file}: ${step.name}`,
      path: step.request.path.split('?')[0] ?? '',
      method: step.request.method,
      step,
      body: fill(step.response.body, ids),
    }));
  });
}

const answers = recorded();
/** Answers that were recorded in full: of the others only the picked fields are there. */
const whole = answers.filter(({ step }) => step.response.status === 200 && step.pick === undefined);
const rowsOf = (body: unknown): readonly unknown[] => (Array.isArray(body) ? body : [body]);
const at = (path: RegExp) =>
  whole.filter((answer) => path.test(answer.path)).flatMap(({ body }) => rowsOf(body));

describe('recorded answers of a live Kimai', () => {
  it('have timesheets that are all read', () => {
    const rows = at(/^\/api\/timesheets(\/\{?[\w.]+\}?)?$/);
    expect(rows.length).toBeGreaterThan(10);
    const read = rows.map((row) =>
      normaliseRow(row, { timeZone: 'Europe/Berlin', readAt: '2026-11-23T09:00:00Z' }),
    );
    expect(read.map((row) => row?.unreadable)).toEqual(rows.map(() => null));
  });

  const kinds: readonly (readonly [string, RegExp, AnySchema])[] = [
    ['users', /^\/api\/users$/, userSchema],
    ['customers', /^\/api\/customers$/, customerSchema],
    ['projects', /^\/api\/projects$/, projectSchema],
    ['activities', /^\/api\/activities$/, activitySchema],
    ['version', /^\/api\/version$/, versionSchema],
    ['settings', /^\/api\/config\/timesheet$/, configSchema],
  ];
  it.each(kinds)('have %s that are all read', (_kind, path, schema) => {
    const rows = at(path);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => readRecord(schema, row)).filter((parsed) => !parsed.ok)).toEqual([]);
  });

  it('have the token’s own user, which is read', () => {
    const me = answers.find(({ path }) => path === '/api/users/me');
    expect(readRecord(meSchema, me?.body)).toMatchObject({ ok: true });
  });

  it('have refusals of bookings, each quoted and each of a class we know', () => {
    const refused = answers.filter(
      ({ path, method, body, step }) =>
        step.response.status === 400 &&
        path.startsWith('/api/timesheets') &&
        method !== 'GET' &&
        JSON.stringify(body).includes('"errors"'),
    );
    expect(refused.length).toBeGreaterThan(8);
    for (const { name, body } of refused) {
      const { quoted, refusal } = readFormErrors(body);
      expect(quoted.length, name).toBeGreaterThan(0);
      if (!name.includes('tags as an array'))
        expect(refusal, `${name}: ${quoted.join(' ')}`).not.toBe('refused');
    }
  });
});
