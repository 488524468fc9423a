import { newToken } from '../kernel/ids.js';
import type { Values } from './form.js';

type Value = Values[string] | undefined;

export interface HiddenField {
  name: string;
  value: string;
}

/** The values of a field that may be sent more than once; none where it was not sent. */
export function listOf(value: Value): string[] {
  return [value ?? []].flat();
}

/** The value of a field that counts once: the first one sent, empty where none was. */
export function textOf(value: Value): string {
  return listOf(value)[0] ?? '';
}

/** The values of a form as hidden fields, one for each value. @param except fields left out */
export function hiddenFields(values: Values, except: readonly string[] = []): HiddenField[] {
  return Object.entries(values)
    .filter(([name]) => !except.includes(name))
    .flatMap(([name, value]) => listOf(value).map((each) => ({ name, value: each })));
}

/** The key that the form was sent with, so that sending it again adds nothing; else a new one. */
export function idempotencyKeyOf(values: Values): string {
  return textOf(values.idempotencyKey) || newToken(12);
}
