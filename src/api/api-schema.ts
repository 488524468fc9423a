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

/** The name of the schema that this one refers to; null where it stands for itself. */
export function nameOf(schema: Schema | undefined): string | null {
  const ref = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
  return ref?.split('/').at(-1) ?? null;
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
