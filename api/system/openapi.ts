import type { ISchema } from 'yup';
import type { AnyContract } from '../contract.js';
import { toJsonSchema, type JsonSchema } from './json-schema.js';

const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; what programs look at' },
    detail: { type: 'string', description: 'What is wrong and what is right, in English' },
    instance: { type: 'string' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          in: { enum: ['params', 'query', 'body', 'header'] },
          path: { type: 'string' },
          rule: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the contracts: nothing in it is written by hand twice. */
export function openApiDocument(contracts: readonly AnyContract[], version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const contract of contracts) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [contract.method]: operation(contract) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Timebridge',
      version,
      description: 'Time entries from Zammad to Kimai, with people approving.',
    },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access or API token' } },
    },
  };
}

function operation(contract: AnyContract): JsonSchema {
  const { id, summary, access, body } = contract;
  const [, , , tag] = contract.path.split('/');
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(access === 'public' ? { security: [] } : { security: [{ bearer: [] }], 'x-role': access }),
    parameters: [...parameters('path', contract.params), ...parameters('query', contract.query)],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: toJsonSchema(body) } } } }
      : {}),
    responses: { [String(contract.status ?? 200)]: reply(contract), default: refusal },
  };
}

const refusal: JsonSchema = {
  description: 'Refused; the code says why',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const reply = ({ status, summary, reply: schema }: AnyContract): JsonSchema =>
  status === 204
    ? { description: summary }
    : { description: summary, content: { 'application/json': { schema: toJsonSchema(schema) } } };

/** One parameter for each member of the schema. */
function parameters(place: 'path' | 'query', schema: ISchema<unknown> | undefined): JsonSchema[] {
  if (!schema) return [];
  const { properties, required } = toJsonSchema(schema);
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, member]) => ({
    name,
    in: place,
    required: place === 'path' || names.includes(name),
    schema: member,
    ...(place === 'query' && isRecord(member) && member['type'] === 'array'
      ? { style: 'form', explode: false }
      : {}),
  }));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
