import type { ApiDescription } from './openapi.js';

/** As much of an OpenAPI schema as the documents of this API have. */
export interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  enum?: string[];
  format?: string;
  maxLength?: number;
  nullable?: boolean;
  example?: unknown;
  items?: Schema;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
}

interface FieldView {
  name: string;
  type: string;
  /** The schema that it is of. */
  href: string | null;
  description: string;
  optional: boolean;
}

interface OperationView {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: (FieldView & { where: string })[];
  body: { name: string; href: string; example: string } | null;
  answers: { status: string; description: string; name: string | null; href: string | null }[];
  example: string | null;
}

export interface ApiDocsView {
  server: string;
  groups: { name: string; id: string; operations: OperationView[] }[];
  schemas: { name: string; id: string; fields: FieldView[]; example: string }[];
}

interface Media {
  content?: Record<string, { schema?: Schema }>;
}

interface Operation {
  tags?: string[];
  operationId?: string;
  summary?: string;
  description?: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: Schema;
  }[];
  requestBody?: Media;
  responses: Record<string, Media & { description?: string }>;
}

/** The documents' own page: every call with what it takes and answers, and every schema. */
export function apiDocsView(document: ApiDescription, server: string): ApiDocsView {
  const schemas = schemasOf(document);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as unknown as Record<string, Operation>).map(([method, operation]) => ({
      group: operation.tags?.[0] ?? '',
      view: operationView(method, path, operation, schemas),
    })),
  );
  const groups = [...new Set(operations.map(({ group }) => group))];
  return {
    server,
    groups: groups.map((name) => ({
      name,
      id: `group-${name.toLowerCase()}`,
      operations: operations.filter(({ group }) => group === name).map(({ view }) => view),
    })),
    schemas: Object.entries(schemas).map(([name, schema]) => ({
      name,
      id: `schema-${name}`,
      fields: fieldsOf(schema),
      example: JSON.stringify(exampleOf(schema, schemas), null, 2),
    })),
  };
}

export function schemasOf(document: ApiDescription): Record<string, Schema> {
  return (document.components?.schemas ?? {}) as Record<string, Schema>;
}

function operationView(
  method: string,
  path: string,
  operation: Operation,
  schemas: Record<string, Schema>,
): OperationView {
  const answers = Object.entries(operation.responses).map(([status, response]) => {
    const name = nameOf(schemaIn(response));
    return {
      status,
      description: response.description ?? '',
      name,
      href: name === null ? null : `#schema-${name}`,
    };
  });
  const body = operation.requestBody === undefined ? undefined : schemaIn(operation.requestBody);
  const bodyName = nameOf(body);
  const [good] = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const answer = good === undefined ? undefined : schemaIn(good[1]);
  return {
    id: (operation.operationId ?? `${method} ${path}`).replace(/[^\w-]/g, '-'),
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    parameters: (operation.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      where: parameter.in,
      type: typeOf(parameter.schema ?? {}),
      href: null,
      description: parameter.description ?? '',
      optional: parameter.required !== true,
    })),
    body:
      bodyName === null || body === undefined
        ? null
        : {
            name: bodyName,
            href: `#schema-${bodyName}`,
            example: JSON.stringify(exampleOf(body, schemas, true), null, 2),
          },
    answers,
    example: answer === undefined ? null : JSON.stringify(exampleOf(answer, schemas), null, 2),
  };
}

function schemaIn(media: Media): Schema | undefined {
  return Object.values(media.content ?? {})[0]?.schema;
}

function fieldsOf({ properties = {}, required = [] }: Schema): FieldView[] {
  return Object.entries(properties).map(([name, schema]) => {
    const of = nameOf(schema.items ?? schema);
    return {
      name,
      type: typeOf(schema),
      href: of === null ? null : `#schema-${of}`,
      description: schema.description ?? '',
      optional: !required.includes(name),
    };
  });
}

/** The name of the schema that this one refers to; null where it stands for itself. */
function nameOf(schema: Schema | undefined): string | null {
  const ref = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
  return ref?.split('/').at(-1) ?? null;
}

function typeOf(schema: Schema): string {
  const values = schema.enum ?? schema.items?.enum;
  const one =
    schema.type === 'array'
      ? `list of ${nameOf(schema.items) ?? schema.items?.type ?? 'anything'}`
      : (nameOf(schema) ?? [schema.type ?? 'string', schema.format ?? []].flat().join(', '));
  return [
    one,
    values === undefined ? [] : `one of ${values.join(', ')}`,
    schema.maxLength === undefined ? [] : `at most ${schema.maxLength} characters`,
    schema.nullable === true ? 'or null' : [],
  ]
    .flat()
    .join('; ');
}

/**
 * A value that a schema allows.
 * @param sent leaves out what may be left out and has no example of its own
 */
export function exampleOf(
  schema: Schema,
  schemas: Record<string, Schema>,
  sent = false,
  depth = 0,
): unknown {
  if (schema.example !== undefined) return schema.example;
  const name = nameOf(schema);
  if (name !== null) {
    // What help looks like stands under its own name; examples would be all about it otherwise.
    if (schema.nullable === true && depth > 0) return null;
    return exampleOf(schemas[name] ?? {}, schemas, sent, depth + 1);
  }
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(
          ([field, own]) =>
            !sent || own.example !== undefined || schema.required?.includes(field) === true,
        )
        .map(([field, own]) => [field, exampleOf(own, schemas, sent, depth + 1)]),
    );
  if (schema.type === 'array')
    return depth > 4 ? [] : [exampleOf(schema.items ?? {}, schemas, sent, depth + 1)];
  if (schema.nullable === true) return null;
  return schema.enum?.[0] ?? plainExample(schema);
}

function plainExample({ type, format }: Schema): unknown {
  if (type === 'integer') return 1;
  if (type === 'boolean') return false;
  if (format === 'date-time') return '2026-11-28T19:30:00.000Z';
  if (format === 'date') return '2026-11-28';
  return format === 'uri' ? 'https://example.org/' : 'text';
}
