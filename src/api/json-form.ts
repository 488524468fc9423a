import type { Type } from '@nestjs/common';
import { readForm, type Values } from '../http/form.js';
import { AppError, throwIfInvalid, type FieldValidationError } from '../kernel/errors.js';
import { fieldsOf, type FieldFacts } from './documented.js';

const WRONG_TYPE = 'apps.api.wrong-type';

/**
 * Validates JSON against its documentation, then by the rules of the page's own form, so that both
 * have the same rules.
 * @param documented class that documents the accepted fields
 * @param form the form of the page
 * @param more form fields from other sources
 * @throws AppError with status 400 if the JSON is not an object
 * @throws FieldError with all errors
 */
export function readJson<Form extends object>(
  documented: Type,
  form: Type<Form>,
  body: unknown,
  more: Values = {},
): Form {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AppError(400, 'apps.api.body');
  const known = fieldsOf(documented);
  const faults: FieldValidationError[] = [];
  const values: Values = { ...more };
  for (const [name, value] of Object.entries(body)) {
    const facts = known.get(name);
    const text = facts === undefined ? null : asField(facts, value);
    if (facts === undefined) faults.push({ field: name, key: 'apps.api.unknown-field' });
    else if (text === null) faults.push({ field: name, key: WRONG_TYPE });
    else values[name] = text;
  }
  for (const [name, facts] of known)
    if (facts.optional !== true && !Object.hasOwn(body, name))
      faults.push({ field: name, key: 'apps.api.missing' });
  throwIfInvalid(faults);
  return valid(form, values);
}

/**
 * Same as `readJson`, for a partial update: omitted fields stay unchanged.
 * @returns the fields that were sent
 */
export function readChanges<Form extends object>(
  documented: Type,
  form: Type<Form>,
  body: unknown,
): Partial<Form> {
  const read = readJson(documented, form, body);
  const sent = Object.entries(read).filter(([name]) => Object.hasOwn(body as object, name));
  return Object.fromEntries(sent) as Partial<Form>;
}

/**
 * Validates query parameters.
 * @param query the class that documents them and has their rules
 * @throws FieldError with all errors, also for unknown parameters
 */
export function readQuery<Query extends object>(
  query: Type<Query>,
  sent: Record<string, unknown>,
): Query {
  const known = fieldsOf(query);
  const faults: FieldValidationError[] = Object.entries(sent).flatMap(([field, value]) =>
    known.has(field)
      ? typeof value === 'string'
        ? []
        : [{ field, key: WRONG_TYPE }]
      : [{ field, key: 'apps.api.unknown-field' }],
  );
  throwIfInvalid(faults);
  return valid(query, sent as Values);
}

function valid<Form extends object>(form: Type<Form>, values: Values): Form {
  const read = readForm(form, values);
  if (read.valid) return read.value;
  throwIfInvalid(read.faults);
  throw new Error('a form without faults is valid');
}

/** Converts a value to what a form would have sent; null if it has the wrong type. */
function asField({ type, list, nullable }: FieldFacts, value: unknown): string | string[] | null {
  if (list === true) {
    return Array.isArray(value) && value.every((each) => typeof each === 'string')
      ? (value as string[])
      : null;
  }
  if (value === null) return nullable === true ? '' : null;
  if (type === 'boolean') return typeof value === 'boolean' ? (value ? 'on' : '') : null;
  if (type === 'integer')
    return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' ? value : null;
}
