import { exampleOf, nameOf, type Schema } from './api-schema.js';
import type { ApiDescription } from './openapi.js';

/** A piece of a description; names from the interface are set as code. */
interface Words {
  text: string;
  code: boolean;
}

interface FieldView {
  name: string;
  type: string;
  /** The URL of the referenced schema. */
  href: string | null;
  description: Words[];
  optional: boolean;
}

interface OperationView {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: Words[];
  parameters: (FieldView & { where: string })[];
  body: { name: string; href: string; example: string } | null;
  answers: { status: string; description: Words[]; name: string | null; href: string | null }[];
  example: string | null;
}

/** The documentation's index: every operation by name, grouped by page. */
export interface ApiDocsView {
  server: string;
  groups: {
    name: string;
    href: string;
    calls: { href: string; summary: string; method: string; path: string }[];
  }[];
}

/** A group with its operations and the schemas they use. */
export interface ApiGroupView {
  name: string;
  operations: OperationView[];
  schemas: { name: string; id: string; fields: FieldView[]; example: string }[];
}

export interface ApiDocs {
  readonly start: ApiDocsView;
  /** By the last segment of their URL. */
  readonly groups: ReadonlyMap<string, ApiGroupView>;
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

/**
 * Builds the documentation pages: one for each group, so that nobody has to load everything to read
 * about one operation.
 */
export function apiDocs(document: ApiDescription, server: string): ApiDocs {
  const schemas = schemasOf(document);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as unknown as Record<string, Operation>).map(([method, operation]) => ({
      group: operation.tags?.[0] ?? '',
      view: operationView(method, path, operation, schemas),
    })),
  );
  const groups = [...new Set(operations.map(({ group }) => group))];
  const pages = groups.map((name): ApiGroupView => {
    const own = operations.filter(({ group }) => group === name).map(({ view }) => view);
    return { name, operations: own, schemas: schemaViews(namedBy(own), schemas) };
  });
  return {
    start: {
      server,
      groups: pages.map(({ name, operations: own }) => ({
        name,
        href: groupPath(name),
        calls: own.map(({ id, summary, method, path }) => ({
          href: `${groupPath(name)}#${id}`,
          summary,
          method,
          path,
        })),
      })),
    },
    groups: new Map(pages.map((group) => [group.name.toLowerCase(), group])),
  };
}

function groupPath(name: string): string {
  return `/api/docs/${name.toLowerCase()}`;
}

/** Names of the schemas used in requests or responses. */
function namedBy(operations: readonly OperationView[]): string[] {
  return operations.flatMap(({ body, answers }) => [
    ...(body === null ? [] : [body.name]),
    ...answers.flatMap(({ name }) => name ?? []),
  ]);
}

/** The named schemas and all that they reference, in document order. */
function schemaViews(
  names: readonly string[],
  schemas: Record<string, Schema>,
): ApiGroupView['schemas'] {
  const wanted = new Set(names);
  for (const name of wanted)
    for (const field of Object.values(schemas[name]?.properties ?? {})) {
      const of = nameOf(field.items ?? field);
      // Iterating over a Set also visits elements added during the iteration.
      if (of !== null) wanted.add(of);
    }
  return Object.entries(schemas)
    .filter(([name]) => wanted.has(name))
    .map(([name, schema]) => ({
      name,
      id: `schema-${name}`,
      fields: fieldsOf(schema),
      example: JSON.stringify(exampleOf(schema, schemas), null, 2),
    }));
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
      description: wordsOf(response.description),
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
    description: wordsOf(operation.description),
    parameters: (operation.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      where: parameter.in,
      type: typeOf(parameter.schema ?? {}),
      href: null,
      description: wordsOf(parameter.description),
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
      description: wordsOf(schema.description),
      optional: !required.includes(name),
    };
  });
}

/** Splits a description at its backquotes, which are Markdown in the OpenAPI document. */
function wordsOf(description = ''): Words[] {
  if (description === '') return [];
  return description.split('`').map((text, at) => ({ text, code: at % 2 === 1 }));
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
