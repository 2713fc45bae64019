import type {
  ISchema,
  SchemaDescription,
  SchemaFieldDescription,
  SchemaInnerTypeDescription,
  SchemaObjectDescription,
} from 'yup';

export type JsonSchema = { [member: string]: unknown };
type Description = SchemaDescription & Partial<SchemaObjectDescription> & Partial<SchemaInnerTypeDescription>;

/** What a yup schema says, as JSON Schema 2020-12 (the dialect of OpenAPI 3.1). */
export const toJsonSchema = (schema: ISchema<unknown>): JsonSchema => fromField(schema.describe());

/** Whether a member must be there. */
export const isRequired = (field: SchemaFieldDescription): boolean =>
  'tests' in field && !field.optional && field.default === undefined;

function fromField(field: SchemaFieldDescription): JsonSchema {
  // `lazy` and `ref` can tell nothing; contracts use neither.
  return isDescription(field) ? fromDescription(field) : {};
}

const isDescription = (field: SchemaFieldDescription): field is Description =>
  'tests' in field && 'optional' in field;

function fromDescription(description: Description): JsonSchema {
  const schema: JsonSchema = { ...typed(description), ...description.meta };
  if (description.oneOf.length > 0)
    schema['enum'] = [...description.oneOf, ...(description.nullable ? [null] : [])];
  if (description.nullable && typeof schema['type'] === 'string') schema['type'] = [schema['type'], 'null'];
  if (description.default !== undefined && description.type !== 'object')
    schema['default'] = description.default;
  return schema;
}

function typed(description: Description): JsonSchema {
  switch (description.type) {
    case 'string':
      return ofString(description);
    case 'number':
      return ofNumber(description);
    case 'boolean':
      return { type: 'boolean' };
    case 'array':
      return ofArray(description);
    case 'object':
      return description.fields ? ofObject(description) : { type: 'object' };
    default:
      return {};
  }
}

const paramOf = (description: Description, test: string, name: string): unknown =>
  description.tests.find((one) => one.name === test)?.params?.[name];

const has = (description: Description, test: string): boolean =>
  description.tests.some((one) => one.name === test);

const given = (members: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

function ofString(description: Description): JsonSchema {
  const regex = paramOf(description, 'matches', 'regex');
  const format = (['email', 'uuid'] as const).find((name) => has(description, name));
  return given({
    type: 'string',
    minLength: paramOf(description, 'min', 'min') ?? (has(description, 'required') ? 1 : undefined),
    maxLength: paramOf(description, 'max', 'max'),
    pattern: regex instanceof RegExp ? regex.source : undefined,
    format,
  });
}

const ofNumber = (description: Description): JsonSchema =>
  given({
    type: has(description, 'integer') ? 'integer' : 'number',
    minimum: paramOf(description, 'min', 'min'),
    maximum: paramOf(description, 'max', 'max'),
  });

function ofArray(description: Description): JsonSchema {
  const inner = description.innerType;
  return given({
    type: 'array',
    items: inner && !Array.isArray(inner) ? fromField(inner) : {},
    minItems: paramOf(description, 'min', 'min'),
    maxItems: paramOf(description, 'max', 'max'),
  });
}

function ofObject(description: Description): JsonSchema {
  const fields = Object.entries(description.fields ?? {});
  const required = fields.filter(([, field]) => isRequired(field)).map(([name]) => name);
  return given({
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, fromField(field)])),
    required: required.length > 0 ? required : undefined,
    additionalProperties: has(description, 'noUnknown') ? false : undefined,
  });
}
