import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Schema } from '../../src/api/api-schema.js';

/**
 * Converts a schema of OpenAPI 3.0 to JSON Schema, where nullable is explicit and undocumented
 * properties are rejected.
 */
function jsonSchema(schema: Schema): object {
  const { nullable, example: _example, items, properties, allOf, ...rest } = schema;
  const own = {
    ...rest,
    ...(items === undefined ? {} : { items: jsonSchema(items) }),
    ...(allOf === undefined ? {} : { allOf: allOf.map(jsonSchema) }),
    ...(properties === undefined
      ? {}
      : {
          additionalProperties: false,
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, jsonSchema(each)]),
          ),
        }),
  };
  return nullable === true ? { anyOf: [own, { type: 'null' }] } : own;
}

/** Validates responses against the schemas of a document. */
export class Schemas {
  private readonly ajv = new Ajv({ allErrors: true, strict: false });

  constructor(schemas: Record<string, Schema>) {
    // CommonJS interop: the function is also exported as `default`.
    const add = formats as unknown as ((ajv: Ajv) => void) & { default?: (ajv: Ajv) => void };
    (add.default ?? add)(this.ajv);
    this.ajv.addSchema({
      $id: 'api',
      components: {
        schemas: Object.fromEntries(
          Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]),
        ),
      },
    });
  }

  /** @returns the validation errors; empty if the value is valid */
  faults(schema: Schema, value: unknown): string[] {
    const name = schema.$ref?.split('/').at(-1) ?? '';
    const check = this.ajv.getSchema(`api#/components/schemas/${name}`) as
      ValidateFunction | undefined;
    if (check === undefined) return [`no schema ${name}`];
    check(value);
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
}
