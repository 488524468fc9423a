import Handlebars from 'handlebars';

/** A message that is the same on every page of a language; null where it takes parameters. */
export type FixedMessage = (key: string) => string | null;

function keyOf(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): string | null {
  const [key, ...more] = call.params;
  if ((call.path as hbs.AST.PathExpression).original !== 't' || more.length > 0) return null;
  if (key?.type !== 'StringLiteral' || call.hash !== undefined) return null;
  return (key as hbs.AST.StringLiteral).value;
}

class FixedMessages extends Handlebars.Visitor {
  // Visitor.accept replaces a node by what its handler returns.
  mutating = true;

  constructor(private readonly message: FixedMessage) {
    super();
  }

  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    const text = this.textOf(statement);
    if (text === null) {
      super.MustacheStatement(statement);
      return;
    }
    const value = statement.escaped ? Handlebars.escapeExpression(text) : text;
    return replaced({ type: 'ContentStatement', value, original: value, loc: statement.loc });
  }

  override SubExpression(call: hbs.AST.SubExpression): void {
    const text = this.textOf(call);
    if (text === null) {
      super.SubExpression(call);
      return;
    }
    return replaced({ type: 'StringLiteral', value: text, original: text, loc: call.loc });
  }

  private textOf(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): string | null {
    const key = keyOf(call);
    return key === null ? null : this.message(key);
  }
}

// The types of Handlebars know nothing of the replacement.
function replaced(node: object): void {
  return node as unknown as undefined;
}

/**
 * A parsed template with the fixed messages of one language in place of the calls that look them
 * up: most of a page's words are the same for everybody, and a lookup for each costs more than the
 * rest of the rendering.
 */
export function withFixedMessages(text: string, message: FixedMessage): hbs.AST.Program {
  const program = Handlebars.parse(text);
  new FixedMessages(message).accept(program);
  return program;
}
