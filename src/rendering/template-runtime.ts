import Handlebars from 'handlebars';
import { PageHtml, utf8InLatin1 } from './page-html.js';

// Functions called by compiled templates (template-compiler.ts).

/** Reads own properties only, like Handlebars, so that templates cannot reach prototypes. */
export function property(parent: unknown, name: string): unknown {
  if (parent === null || parent === undefined) return parent;
  const value = (parent as Record<string, unknown>)[name];
  return value === undefined || value === null || Object.hasOwn(parent, name) ? value : undefined;
}

export function escaped(value: unknown): string {
  return typeof value === 'string' && !/[&<>"'`=]/.test(value)
    ? value
    : Handlebars.escapeExpression(value as string);
}

/** Like `escaped`, as UTF-8: see `PageHtml`. */
export function escapedBytes(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && !/[&<>"'`=\x80-\uffff]/.test(value)
    ? value
    : utf8InLatin1(Handlebars.escapeExpression(value as string));
}

/** HTML from a view, as it is. */
export function raw(value: unknown): string {
  // As Handlebars does.
  // eslint-disable-next-line @typescript-eslint/no-base-to-string
  return value === null || value === undefined ? '' : String(value);
}

/** Like `raw`, as UTF-8: see `PageHtml`. */
export function rawBytes(value: unknown): string {
  return value instanceof PageHtml ? value.bytes : utf8InLatin1(raw(value));
}

/** Whether a value can be put into a message without interpreting it. */
export function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Whether `if` and `with` treat a value as empty. */
export function isEmptyValue(value: unknown): boolean {
  return (!value && value !== 0) || (Array.isArray(value) && value.length === 0);
}

/** The entries that `each` iterates over; null if there are none. */
export function listOf(value: unknown): { values: unknown[]; keys: string[] | null } | null {
  if (value === null || typeof value !== 'object') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : { values: value, keys: null };
  if (Symbol.iterator in value) return listOf([...(value as Iterable<unknown>)]);
  const keys = Object.keys(value);
  const values = keys.map((key) => (value as Record<string, unknown>)[key]);
  return keys.length === 0 ? null : { values, keys };
}

/** The view of a partial with named arguments. */
export function extendContext(context: unknown, named: object): object {
  return { ...(context as object), ...named };
}
