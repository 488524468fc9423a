import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Request } from 'express';
import { FieldError, type FieldValidationError } from '../kernel/errors.js';

export type Values = Record<string, string | string[]>;

/**
 * A submitted form: either valid, with an instance of the DTO, or invalid, with its errors and
 * everything typed.
 */
export type Submitted<T> =
  | { readonly valid: true; readonly value: T; readonly values: Values }
  | { readonly valid: false; readonly faults: FieldValidationError[]; readonly values: Values };

/** An invalid form, as views take it. */
export interface InvalidForm {
  faults: FieldValidationError[];
  values: Values;
}

// Removes NUL, which PostgreSQL rejects, and lone surrogates, which are not valid text.
function cleaned(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed().replaceAll('\r\n', '\n');
}

/**
 * Zero-width characters, and blanks that Unicode does not class as white space: a text of only
 * these is invisible.
 */
const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{M}\u115f\u1160\u2800\u3164\uffa0]*$/u;

function trimmed(text: string): string {
  return UNSEEN.test(text) ? '' : text.trim();
}

/** Normalises a text as forms do, for libraries that read the body themselves. */
export function normalizeNewlines(text: string): string {
  return trimmed(cleaned(text));
}

/** Normalises any body to strings and lists of strings. */
export function submittedValues(body: unknown): Values {
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

/** Static members of a DTO that describe the form, in addition to the decorators of its fields. */
interface FormRules<T> {
  /** Names of fields that may be repeated. */
  readonly repeated?: readonly string[];
  /**
   * Validates rules between fields. Also runs when single fields are invalid, so that all errors
   * are reported at once: any field may hold a value that its own rules reject.
   */
  check?(form: T): FieldValidationError[];
}

/**
 * Validates a body against a DTO. Texts are trimmed, and invisible texts count as empty; only the
 * first value of a repeated field counts unless the DTO lists it in its static `repeated`; a check
 * box is `on`. Each invalid field has one error.
 */
export function readForm<T extends object>(
  type: Type<T> & FormRules<T>,
  body: unknown,
): Submitted<T> {
  const values = submittedValues(body);
  const repeated = type.repeated ?? [];
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (repeated.includes(name))
      plain[name] = Array.isArray(value) ? value : value === '' ? [] : [value];
    else plain[name] = trimmed(Array.isArray(value) ? (value[0] ?? '') : value);
  }
  const dto = plainToInstance(type, plain, { exposeDefaultValues: true });
  const found = [
    ...validateSync(dto, { whitelist: true, stopAtFirstError: true }).flatMap(faultOf),
    ...(type.check?.(dto) ?? []),
  ].filter(({ field }, at, all) => all.findIndex((other) => other.field === field) === at);
  const faults = inPageOrder(found, Object.keys(dto), Object.keys(values));
  return faults.length === 0
    ? { valid: true, value: dto, values }
    : { valid: false, faults, values };
}

/**
 * Sorts errors as their fields stand on the page. Browsers send fields in that order, but leave out
 * boxes that are not ticked: those follow the field before them in the DTO.
 */
function inPageOrder(
  faults: FieldValidationError[],
  declared: string[],
  sent: string[],
): FieldValidationError[] {
  const order = [...sent];
  declared.forEach((name, at) => {
    if (!order.includes(name)) order.splice(order.indexOf(declared[at - 1] ?? '') + 1, 0, name);
  });
  // A field without a value of its own is not among the declared: it precedes the next error.
  let next = order.length;
  for (const { field } of faults.toReversed()) {
    if (order.includes(field)) next = order.indexOf(field);
    else order.splice(next, 0, field);
  }
  return faults.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

// In this project the messages of class-validator are message keys.
function faultOf(error: ValidationError): FieldValidationError[] {
  const key = Object.values(error.constraints ?? {})[0];
  return [
    {
      field: error.property,
      key: key?.includes('.') === true && !key.includes(' ') ? key : 'forms.error.invalid',
    },
  ];
}

/** Parameter decorator: `@Form(SignUp) form: Submitted<SignUp>`. */
export const Form = createParamDecorator((type: Type<object>, context: ExecutionContext) =>
  readForm(type, context.switchToHttp().getRequest<Request>().body),
);

/** Runs a rule. A FieldError becomes an invalid form; any other error is rethrown. */
export async function catchFieldError<T>(
  work: () => Promise<T>,
  values: Values,
): Promise<{ done: T } | { form: InvalidForm }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return {
      form: { faults: [...error.faults], values },
    };
  }
}
