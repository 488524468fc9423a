import Handlebars from 'handlebars';
import { messageKeyOf, pairsOf } from './template-nodes.js';

/** A message that is constant within a language; null if it takes parameters. */
export type FixedMessage = (key: string) => string | null;

/** Visitor.accept replaces a node with the result of its handler; Handlebars' types lack that. */
interface Replacing {
  MustacheStatement(statement: hbs.AST.MustacheStatement): object | undefined;
  SubExpression(call: hbs.AST.SubExpression): object | undefined;
}

function visitorOf(message: FixedMessage): Handlebars.Visitor {
  const visitor = new Handlebars.Visitor();
  const plain = Handlebars.Visitor.prototype;
  const textOf = (call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): string | null => {
    const key = pairsOf(call).length === 0 ? messageKeyOf(call) : null;
    return key === null ? null : message(key);
  };
  const replacing: Replacing = {
    MustacheStatement(statement) {
      const text = textOf(statement);
      if (text === null) {
        plain.MustacheStatement.call(visitor, statement);
        return undefined;
      }
      const value = statement.escaped ? Handlebars.escapeExpression(text) : text;
      return { type: 'ContentStatement', value, original: value, loc: statement.loc };
    },
    SubExpression(call) {
      const text = textOf(call);
      if (text === null) {
        plain.SubExpression.call(visitor, call);
        return undefined;
      }
      return { type: 'StringLiteral', value: text, original: text, loc: call.loc };
    },
  };
  return Object.assign(visitor, replacing, { mutating: true });
}

/**
 * Parses a template and replaces the lookups of fixed messages with the messages of one language:
 * most words on a page are constant, and looking each of them up costs more than the rest of the
 * rendering.
 */
export function withFixedMessages(text: string, message: FixedMessage): hbs.AST.Program {
  const program = Handlebars.parse(text);
  visitorOf(message).accept(program);
  return program;
}
