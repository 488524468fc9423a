import Handlebars from 'handlebars';
import type { MessagePart } from '../i18n/compiled-message.js';
import { pairsOf } from './template-nodes.js';

/** The parts of the compiler that generate code for a message. */
interface CodeSource {
  /** A variable that no other code uses. */
  readonly fresh: () => string;
  /** Code that evaluates an expression. */
  readonly value: (expression: hbs.AST.Expression) => string;
  /** A constant text in the encoding of the output. */
  readonly encoded: (text: string) => string;
  /** Code that calls the helper for the message. */
  readonly call: () => string;
}

/**
 * Generates code that joins the texts and parameters of a message in place: calling the helper for
 * it creates an object and searches several maps, dozens of times for each post. Parameters that
 * are neither texts nor numbers are left to the helper, which formats or rejects them.
 * @returns null if the template does not pass every parameter
 */
export function joinedMessage(
  node: hbs.AST.MustacheStatement,
  parts: readonly MessagePart[],
  code: CodeSource,
): string | null {
  const given = new Map(pairsOf(node).map(({ key, value }) => [key, value]));
  const variables = new Map<string, string>();
  const reads: string[] = [];
  for (const { name } of parts) {
    if (name === null || variables.has(name)) continue;
    const value = given.get(name);
    if (value === undefined) return null;
    const variable = code.fresh();
    variables.set(name, variable);
    reads.push(`const ${variable} = ${code.value(value)};`);
  }
  const [print, escape] = node.escaped ? ['escaped', Handlebars.escapeExpression] : ['raw', String];
  const joined = parts.map(({ text, name }) =>
    name === null
      ? JSON.stringify(code.encoded(escape(text)))
      : `${print}(${variables.get(name) ?? ''})`,
  );
  const plain = [...variables.values()].map((variable) => `isPlain(${variable})`);
  return (
    `{ ${reads.join(' ')} o += ${['true', ...plain].join(' && ')} ` +
    `? ${joined.join(' + ')} : ${print}(${code.call()}); }`
  );
}
