import { newToken } from '../kernel/ids.js';
import type { Values } from './form.js';

type Value = Values[string] | undefined;

export interface HiddenField {
  name: string;
  value: string;
}

/** The values of a field that may be repeated; empty if it was not sent. */
export function listOf(value: Value): string[] {
  return [value ?? []].flat();
}

/** The first value of a field; '' if it was not sent. */
export function textOf(value: Value): string {
  return listOf(value)[0] ?? '';
}

/**
 * The values of a form as hidden fields, one per value.
 * @param except names of fields to omit
 */
export function hiddenFields(values: Values, except: readonly string[] = []): HiddenField[] {
  return Object.entries(values)
    .filter(([name]) => !except.includes(name))
    .flatMap(([name, value]) => listOf(value).map((each) => ({ name, value: each })));
}

/**
 * The idempotency key of a submitted form, so that submitting it twice creates one record; a new
 * key for a new form.
 */
export function idempotencyKeyOf(values: Values): string {
  return textOf(values.idempotencyKey) || newToken(12);
}
