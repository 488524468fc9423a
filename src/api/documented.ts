import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';
import type { Scope } from '../accounts/access-token-scopes.js';

/**
 * What the documentation says of the API stands beside the code that it is about, in decorators
 * that keep it. `openapi.ts` makes the OpenAPI document of it, when a version is built: a server
 * neither loads nor installs what that takes.
 */

export type FieldType = 'string' | 'integer' | 'boolean';

/** A field of a JSON object, or a parameter of an address. */
export interface FieldFacts {
  readonly description: string;
  readonly type: FieldType | (() => Type);
  readonly list?: boolean;
  /** May be null. */
  readonly nullable?: boolean;
  /** May be left out, in what is sent. */
  readonly optional?: boolean;
  readonly format?: 'date-time' | 'date' | 'uri';
  readonly values?: readonly string[];
  readonly maxLength?: number;
  readonly example?: unknown;
}

type Extra = Partial<Omit<FieldFacts, 'description' | 'type'>>;

/** What an object of a class holds, without being one. */
export type Fields<Model> = { [Name in keyof Model]: Model[Name] };

const FIELDS = new Map<unknown, Map<string, FieldFacts>>();

/** The documented fields of a class, with those that it inherits. */
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
export const Whole = (description: string, extra: Extra = {}): PropertyDecorator =>
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
export const One = (type: () => Type, description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type, ...extra });
export const Many = (type: () => Type, description: string, extra: Extra = {}): PropertyDecorator =>
  field({ description, type, list: true, ...extra });

/** What a call needs, takes and answers. */
export interface OperationFacts {
  readonly summary: string;
  readonly description?: string;
  /** What a token needs; null where any token will do. */
  readonly scope: Scope | null;
  /** Without a token it answers as to a guest; else it needs one. */
  readonly open?: true;
  /** Answers anybody alike and looks at no token. */
  readonly public?: true;
  /** The class of its query parameters. */
  readonly query?: Type;
  /** The class of the JSON that it takes. */
  readonly body?: Type;
  /** Whether it takes an `Idempotency-Key`. */
  readonly once?: true;
  /** The class of what it answers; null for 204. */
  readonly answer: Type | null;
  /** 200 unless something is made. */
  readonly made?: true;
  /** Statuses of failures, beside those that every call has. */
  readonly fails?: readonly (403 | 404 | 409 | 422)[];
}

export const OPERATION = 'api:operation';

/** Documents a call and says what it needs, which `ApiGuard` sees to. */
export function Operation(facts: OperationFacts): MethodDecorator {
  return applyDecorators(
    SetMetadata(OPERATION, facts),
    HttpCode(facts.answer === null ? 204 : facts.made === true ? 201 : 200),
  );
}
