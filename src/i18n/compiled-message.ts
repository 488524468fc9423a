import type { IntlMessageFormat } from 'intl-messageformat';
import { numberFormat, pluralRules } from '../kernel/intl.js';

export type MessageParams = Record<string, string | number | boolean | Date | null | undefined>;

/**
 * Formats a message; null if the interpreter is needed, to format a value of another type or to
 * report an error. `pound` is the number that `#` stands for.
 */
type Part = (params: MessageParams, pound: number | null) => string | null;

/** A compiled message; null if the interpreter is needed for these parameters. */
export type CompiledMessage = (params: MessageParams) => string | null;

/** A part of a message: a text, or the name of a parameter. */
export interface MessagePart {
  readonly text: string;
  readonly name: string | null;
}

/** An element of a parsed message, with the fields that its type has. */
interface Element {
  type: number;
  value: string;
  offset?: number;
  pluralType?: 'cardinal' | 'ordinal';
  options: Record<string, { value: Element[] }>;
}

/** Element types as numbered by the parser. */
const LITERAL = 0;
const ARGUMENT = 1;
const SELECT = 5;
const PLURAL = 6;
const POUND = 7;

/** Thrown while compiling a message with other elements, such as dates. */
class Uncompilable extends Error {}

/**
 * Compiles a parsed message of texts, parameters, `select` and `plural`: the interpreter takes some
 * twenty times as long, and a list of threads has a count and a time for each.
 * @param language of the message, for plural forms and digits
 * @returns null if it contains anything else
 */
export function compileMessage(
  format: IntlMessageFormat,
  language: string,
): CompiledMessage | null {
  try {
    const whole = sequence(format.getAst() as unknown as Element[], language);
    return (params) => whole(params, null);
  } catch (error) {
    if (error instanceof Uncompilable) return null;
    throw error;
  }
}

/** The texts and parameters of a parsed message; null if it contains anything else. */
export function partsOf(format: IntlMessageFormat): readonly MessagePart[] | null {
  const elements = format.getAst() as unknown as Element[];
  if (elements.some(({ type }) => type !== LITERAL && type !== ARGUMENT)) return null;
  return elements.map(({ type, value }) =>
    type === LITERAL ? { text: value, name: null } : { text: '', name: value },
  );
}

function sequence(elements: readonly Element[], language: string): Part {
  const parts = elements.map((element) => partOf(element, language));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (params, pound) => {
    let text = '';
    for (const part of parts) {
      const piece = part(params, pound);
      if (piece === null) return null;
      text += piece;
    }
    return text;
  };
}

function partOf(element: Element, language: string): Part {
  const { type, value } = element;
  switch (type) {
    case LITERAL:
      return () => value;
    case ARGUMENT:
      return (params) => {
        const given = params[value];
        return typeof given === 'string' || typeof given === 'number' ? String(given) : null;
      };
    case POUND:
      return (_, pound) => (pound === null ? null : numberFormat(language).format(pound));
    case SELECT: {
      const { options, other } = optionsOf(element, language);
      return (params, pound) => {
        const given = params[value];
        if (given === undefined || given === null || typeof given === 'object') return null;
        return (options.get(String(given)) ?? other)(params, pound);
      };
    }
    case PLURAL: {
      const { options, other } = optionsOf(element, language);
      const { offset = 0, pluralType = 'cardinal' } = element;
      const rules = pluralRules(language, pluralType);
      return (params) => {
        const given = params[value];
        if (typeof given !== 'number') return null;
        const count = given - offset;
        const chosen = options.get(`=${given}`) ?? options.get(rules.select(count)) ?? other;
        return chosen(params, count);
      };
    }
    default:
      throw new Uncompilable();
  }
}

function optionsOf(
  element: Element,
  language: string,
): { options: Map<string, Part>; other: Part } {
  const options = new Map(
    Object.entries(element.options).map(([name, { value }]) => [name, sequence(value, language)]),
  );
  const other = options.get('other');
  if (other === undefined) throw new Uncompilable();
  return { options, other };
}
