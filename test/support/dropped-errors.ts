import ts from 'typescript';

type Handler = ts.CatchClause | ts.ArrowFunction | ts.FunctionExpression;

/**
 * Finds error handlers in source code that swallow an error: `catch` clauses, and functions passed
 * to `.catch`, to `.on('error')` or as the second argument of `.then`. A handler is fine if it
 * throws, uses the error (to log it or respond to it), or has a comment, inside or right before its
 * statement, that says why nothing needs doing.
 * @returns their line numbers, 1-based
 */
export function droppedErrors(text: string): number[] {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    const handler = handlerOf(node);
    if (handler !== null && !isInOrder(handler, file))
      lines.push(file.getLineAndCharacterOfPosition(handler.getStart(file)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

function handlerOf(node: ts.Node): Handler | null {
  if (ts.isCatchClause(node)) return node;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const [first, second] = node.arguments;
  const argument = { catch: first, on: second, once: second, then: second }[
    node.expression.name.text
  ];
  const isEvent = node.expression.name.text === 'on' || node.expression.name.text === 'once';
  if (isEvent && !(first !== undefined && ts.isStringLiteral(first) && first.text === 'error'))
    return null;
  const isFunction =
    argument !== undefined && (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument));
  return isFunction ? argument : null;
}

function isInOrder(handler: Handler, file: ts.SourceFile): boolean {
  const body = ts.isCatchClause(handler) ? handler.block : handler.body;
  return hasThrow(body) || usesError(handler, body) || isExplained(handler, file);
}

function hasThrow(node: ts.Node): boolean {
  return ts.isThrowStatement(node) || (ts.forEachChild(node, hasThrow) ?? false);
}

function usesError(handler: Handler, body: ts.Node): boolean {
  const name = ts.isCatchClause(handler)
    ? handler.variableDeclaration?.name
    : handler.parameters[0]?.name;
  if (name === undefined) return false;
  if (!ts.isIdentifier(name)) return true;
  const uses = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name.text) || (ts.forEachChild(node, uses) ?? false);
  return uses(body);
}

function isExplained(handler: Handler, file: ts.SourceFile): boolean {
  if (/\/\/|\/\*/.test(handler.getText(file))) return true;
  // A comment before a try statement does not explain its catch clause.
  if (ts.isCatchClause(handler)) return false;
  const statement = ts.findAncestor(handler, ts.isStatement) ?? handler;
  return hasCommentBefore(statement, file) || hasCommentBefore(outermostCall(handler), file);
}

function outermostCall(node: ts.Node): ts.Node {
  const parent = node.parent;
  return ts.isCallExpression(parent) || ts.isPropertyAccessExpression(parent)
    ? outermostCall(parent)
    : node;
}

function hasCommentBefore(node: ts.Node, file: ts.SourceFile): boolean {
  return (ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []).length > 0;
}
