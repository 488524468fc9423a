import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';
import type { Scope } from '../accounts/access-token-scopes.js';

/**
 * Decorators that document the API next to its code. `openapi.ts` generates the OpenAPI document
 * from them at build time, so that servers neither install nor load the generator.
 */

export type FieldType = 'string' | 'integer' | 'boolean';

/** A JSON field, or a query parameter. */
export interface FieldFacts {
  readonly description: string;
  readonly type: FieldType | (() => Type);
  readonly list?: boolean;
  /** Whether it may be null. */
  readonly nullable?: boolean;
  /** Whether it may be omitted in requests. */
  readonly optional?: boolean;
  readonly format?: 'date-time' | 'date' | 'uri';
  readonly values?: readonly string[];
  readonly maxLength?: number;
  readonly example?: unknown;
}

type Extra = Partial<Omit<FieldFacts, 'description' | 'type'>>;

/** The fields of a class, as a plain object. */
export type Fields<Model> = { [Name in keyof Model]: Model[Name] };

const FIELDS = new Map<unknown, Map<string, FieldFacts>>();

/** The documented fields of a class, including inherited ones. */
export function fieldsOf(type: Type): Map<string, FieldFacts> {
  const parent = Object.getPrototypeOf(type) as unknown;
  const inherited = typeof parent === 'function' ? fieldsOf(parent as Type) : [];
  return new Map([...inherited, ...(FIELDS.get(type) ?? [])]);
}

/** Every class with documented fields. */
export function documentedTypes(): Type[] {
  return [...FIELDS.keys()] as Type[];
}

function field(facts: FieldFacts): PropertyDecorator {
  return (target, name) => {
    const { constructor } = target;
    const fields = FIELDS.get(constructor) ?? new Map<string, FieldFacts>();
    fields.set(String(name), facts);
    FIELDS.set(constructor, fields);
  };
}

export const Text = (description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type: 'string', ...extra });
export const Texts = (description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type: 'string', list: true, ...extra });
export const Id = (description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type: 'string', example: '42', ...extra });
export const Integer = (description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type: 'integer', ...extra });
export const Flag = (description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type: 'boolean', ...extra });
export const Time = (description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type: 'string', format: 'date-time', ...extra });
export const Choice = (
  values: readonly string[],
  description: string,
  extra: Extra = {},
): PropertyDecorator => field({ description, type: 'string', values, ...extra });
export const Ref = (type: () => Type, description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type, ...extra });
export const RefList = (
  type: () => Type,
  description: string,
  extra: Extra = {},
): PropertyDecorator => field({ description, type, list: true, ...extra });

/** The requirements, input and output of an operation. */
export interface OperationFacts {
  readonly summary: string;
  readonly description?: string;
  /** The required scope; null if any token will do. */
  readonly scope: Scope | null;
  /** Without a token, responds as to a guest; otherwise a token is required. */
  readonly open?: true;
  /** Responds to everybody alike, and ignores tokens. */
  readonly public?: true;
  /** The class of its query parameters. */
  readonly query?: Type;
  /** The class of its JSON body. */
  readonly body?: Type;
  /** Whether it accepts an `Idempotency-Key`. */
  readonly once?: true;
  /** The class of the response; null for 204. */
  readonly answer: Type | null;
  /** Responds with 201 instead of 200. */
  readonly made?: true;
  /** Error statuses beyond those of every operation. */
  readonly fails?: readonly (403 | 404 | 409 | 422)[];
}

export const OPERATION_KEY = 'api:operation';

/** Documents an operation and declares its requirements, which `ApiGuard` enforces. */
export function Operation(facts: OperationFacts): MethodDecorator {
  return applyDecorators(
    SetMetadata(OPERATION_KEY, facts),
    HttpCode(facts.answer === null ? 204 : facts.made === true ? 201 : 200),
  );
}
