import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Request } from 'express';
import { FieldError, type FieldFault } from '../kernel/errors.js';

export type Values = Record<string, string | string[]>;

/**
 * A form as it was sent: valid with a value of the DTO, or with its faults and everything typed.
 */
export type Submitted<T> =
  | { readonly valid: true; readonly value: T; readonly values: Values }
  | { readonly valid: false; readonly faults: FieldFault[]; readonly values: Values };

/** A faulty form, as views take it. */
export interface FaultyForm {
  faults: FieldFault[];
  values: Values;
}

// What no field may hold: NUL (PostgreSQL refuses it) and halves of surrogate pairs (they are no
// text).
function cleaned(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed().replaceAll('\r\n', '\n');
}

/** Signs without width, and blanks that are no white space: nobody sees a text of them alone. */
const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{M}\u115f\u1160\u2800\u3164\uffa0]*$/u;

function trimmed(text: string): string {
  return UNSEEN.test(text) ? '' : text.trim();
}

/** A text as forms read it, for what a library takes from the body by itself. */
export function asTyped(text: string): string {
  return trimmed(cleaned(text));
}

/** The body as strings and lists of strings, whatever was sent. */
export function valuesOf(body: unknown): Values {
  const values: Values = {};
  if (typeof body !== 'object' || body === null) return values;
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    if (typeof value === 'string') values[name] = cleaned(value);
    else if (Array.isArray(value))
      values[name] = value
        .filter((item) => typeof item === 'string')
        .map((item) => cleaned(item as string));
  }
  return values;
}

/** What a DTO says of its form beside the decorators of its fields. */
interface FormRules<T> {
  /** Fields that may be sent more than once. */
  readonly repeated?: readonly string[];
  /**
   * Rules between fields. It runs beside faulty fields too, so that a form comes back with all that
   * is wrong with it: any field may hold what its own rules refuse.
   */
  check?(form: T): FieldFault[];
}

/**
 * Checks a body against a DTO. Texts are trimmed at the ends, and empty where there is nothing to
 * see; a field sent twice counts once unless
 * the DTO names it in its static `repeated`; a check box is `on`. Each faulty field has one fault.
 */
export function readForm<T extends object>(
  type: Type<T> & FormRules<T>,
  body: unknown,
): Submitted<T> {
  const values = valuesOf(body);
  const repeated = type.repeated ?? [];
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (repeated.includes(name))
      plain[name] = Array.isArray(value) ? value : value === '' ? [] : [value];
    else plain[name] = trimmed(Array.isArray(value) ? (value[0] ?? '') : value);
  }
  const dto = plainToInstance(type, plain, { exposeDefaultValues: true });
  const faults = [
    ...validateSync(dto, { whitelist: true, stopAtFirstError: true }).flatMap(faultOf),
    ...(type.check?.(dto) ?? []),
  ].filter(({ field }, at, all) => all.findIndex((other) => other.field === field) === at);
  return faults.length === 0
    ? { valid: true, value: dto, values }
    : { valid: false, faults, values };
}

// class-validator messages in this project are message keys.
function faultOf(error: ValidationError): FieldFault[] {
  const key = Object.values(error.constraints ?? {})[0];
  return [
    {
      field: error.property,
      key: key?.includes('.') === true && !key.includes(' ') ? key : 'forms.error.invalid',
    },
  ];
}

/** `@Form(SignUp) form: Submitted<SignUp>` */
export const Form = createParamDecorator((type: Type<object>, context: ExecutionContext) =>
  readForm(type, context.switchToHttp().getRequest<Request>().body),
);

/**
 * Runs a rule; a refusal that belongs to a field comes back as a faulty form, anything else goes on
 * up.
 */
export async function refusedField<T>(
  work: () => Promise<T>,
  values: Values,
): Promise<{ done: T } | { form: FaultyForm }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return {
      form: { faults: [...error.faults], values },
    };
  }
}
