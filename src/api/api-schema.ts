/** The subset of OpenAPI schemas that this API uses. */
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

/** The name of the referenced schema; null if this one is inline. */
export function nameOf(schema: Schema | undefined): string | null {
  const ref = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
  return ref?.split('/').at(-1) ?? null;
}

/**
 * Builds an example value for a schema.
 * @param sent leaves out optional fields without an example of their own
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
    // The help schema is documented separately; without this it would dominate every example.
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
