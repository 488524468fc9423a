import { joinedMessage } from './template-messages.js';
import {
  DATA,
  messageKeyOf,
  pairsOf,
  properties,
  rejectNode,
  type Scope,
} from './template-nodes.js';
import { utf8InLatin1 } from './page-html.js';
import * as runtime from './template-runtime.js';
import type { Output, Render, RenderContext } from './template-types.js';

/**
 * Compiles a parsed template to JavaScript that concatenates strings. Handlebars' own output calls
 * a function and allocates several objects for each block and each value, which takes several times
 * as long as the rest of a page. Supports only what our templates use: values, `if`, `unless`,
 * `each`, `with`, partials, and the given helpers.
 * @throws Error that names the unsupported syntax and its line
 */
export function compileTemplate(
  program: hbs.AST.Program,
  surroundings: RenderContext,
  output: Output = 'text',
): Render {
  const code = new Writer(surroundings, output).template(program);
  // The code comes from our own templates, and JSON.stringify quotes all of their text.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('rt', 'helpers', 'partial', code) as (
    rt: typeof runtime,
    helpers: RenderContext['helpers'],
    partial: RenderContext['partial'],
  ) => Render;
  return make(runtime, surroundings.helpers, surroundings.partial);
}

class Writer {
  private count = 0;
  /** The variables that hold partials, which are looked up once. */
  private readonly partials = new Map<string, string>();

  constructor(
    private readonly surroundings: RenderContext,
    private readonly output: Output,
  ) {}

  template(program: hbs.AST.Program): string {
    const body = this.body(program, { context: 'c0', parents: 'd0', data: 'x0' });
    return [
      'const { property, isEmptyValue, listOf, extendContext, isPlain } = rt;',
      this.output === 'bytes'
        ? 'const { escapedBytes: escaped, rawBytes: raw } = rt;'
        : 'const { escaped, raw } = rt;',
      ...[...this.partials.values()].map((variable) => `let ${variable};`),
      "return (c0, x0) => { const d0 = { c: c0, p: undefined }; let o = '';",
      body,
      'return o; };',
    ].join('\n');
  }

  private body(program: hbs.AST.Program, scope: Scope): string {
    return program.body.map((statement) => this.statement(statement, scope)).join('\n');
  }

  private statement(node: hbs.AST.Statement, scope: Scope): string {
    switch (node.type) {
      case 'ContentStatement': {
        const { value } = node as hbs.AST.ContentStatement;
        return value === '' ? '' : `o += ${JSON.stringify(this.encoded(value))};`;
      }
      case 'CommentStatement':
        return '';
      case 'MustacheStatement':
        return this.mustache(node as hbs.AST.MustacheStatement, scope);
      case 'BlockStatement':
        return this.block(node as hbs.AST.BlockStatement, scope);
      case 'PartialStatement':
        return this.partial(node as hbs.AST.PartialStatement, scope);
      default:
        return rejectNode(node);
    }
  }

  private mustache(node: hbs.AST.MustacheStatement, scope: Scope): string {
    const isCall = this.isCall(node);
    if (!isCall && node.params.length > 0) return rejectNode(node);
    const message = isCall ? this.message(node, scope) : null;
    if (message !== null) return message;
    const value = this.fresh('v');
    const read = isCall
      ? `const ${value} = ${this.call(node, scope)};`
      : this.resolved(value, node.path, scope);
    return `{ ${read} o += ${node.escaped ? 'escaped' : 'raw'}(${value}); }`;
  }

  /** A message with parameters, joined in place; null if the helper must be called for it. */
  private message(node: hbs.AST.MustacheStatement, scope: Scope): string | null {
    const parts = this.surroundings.message?.(messageKeyOf(node) ?? '');
    if (!parts) return null;
    return joinedMessage(node, parts, {
      fresh: () => this.fresh('v'),
      value: (expression) => this.value(expression, scope),
      encoded: (text) => this.encoded(text),
      call: () => this.call(node, scope),
    });
  }

  private encoded(text: string): string {
    return this.output === 'bytes' ? utf8InLatin1(text) : text;
  }

  private block(node: hbs.AST.BlockStatement, scope: Scope): string {
    const name = (node.path as hbs.AST.PathExpression).original;
    const [subject, ...more] = node.params;
    if (subject === undefined || more.length > 0 || pairsOf(node).length > 0)
      return rejectNode(node);
    if ((node.program as { blockParams?: unknown }).blockParams !== undefined)
      return rejectNode(node);
    const value = this.fresh('v');
    const read = this.resolved(value, subject, scope);
    const then = node.program;
    // According to the types a program always exists, but there may be none.
    const otherwise = node.inverse as hbs.AST.Program | undefined;
    const orElse = otherwise === undefined ? '' : `else { ${this.body(otherwise, scope)} }`;
    switch (name) {
      case 'if':
      case 'unless': {
        const holds = `!${value} || isEmptyValue(${value})`;
        const test = name === 'unless' ? holds : `!(${holds})`;
        return `{ ${read} if (${test}) { ${this.bodyOf(then, scope)} } ${orElse} }`;
      }
      case 'with': {
        const inner = this.inner(value, scope);
        const body = `${inner.opening} ${this.bodyOf(then, inner.scope)}`;
        return `{ ${read} if (!isEmptyValue(${value})) { ${body} } ${orElse} }`;
      }
      case 'each':
        return `{ ${read} ${this.each(value, then, scope)} ${orElse} }`;
      default:
        return rejectNode(node);
    }
  }

  private each(value: string, then: hbs.AST.Program | undefined, scope: Scope): string {
    const [list, at, data] = [this.fresh('l'), this.fresh('i'), this.fresh('x')];
    const inner = this.inner(`${list}.values[${at}]`, { ...scope, data });
    const frame = `const ${data} = { page: ${scope.data}.page, index: 0, key: 0, first: true, last: false };`;
    const moved =
      `${data}.index = ${at}; ${data}.first = ${at} === 0; ` +
      `${data}.last = ${at} === ${list}.values.length - 1; ` +
      `${data}.key = ${list}.keys === null ? ${at} : ${list}.keys[${at}];`;
    const loop = `for (let ${at} = 0; ${at} < ${list}.values.length; ${at} += 1)`;
    const body = `${moved} ${inner.opening} ${this.bodyOf(then, inner.scope)}`;
    return `const ${list} = listOf(${value}); if (${list} !== null) { ${frame} ${loop} { ${body} } }`;
  }

  private partial(node: hbs.AST.PartialStatement, scope: Scope): string {
    if (node.name.type !== 'PathExpression') return rejectNode(node);
    const [subject, ...more] = node.params;
    if (more.length > 0) return rejectNode(node);
    const context = subject === undefined ? scope.context : this.value(subject, scope);
    const named = this.named(node, scope);
    const view = named === null ? context : `extendContext(${context}, ${named})`;
    const indent = node.indent === '' ? '' : `o += ${JSON.stringify(node.indent)};`;
    const name = JSON.stringify((node.name as hbs.AST.PathExpression).original);
    const variable = this.partials.get(name) ?? this.fresh('p');
    this.partials.set(name, variable);
    return `${indent} o += (${variable} ??= partial(${name}))(${view}, ${scope.data});`;
  }

  private bodyOf(program: hbs.AST.Program | undefined, scope: Scope): string {
    return program === undefined ? '' : this.body(program, scope);
  }

  // As in Handlebars, a block with the same context as the surrounding one adds no parent.
  private inner(value: string, scope: Scope): { opening: string; scope: Scope } {
    const [context, parents] = [this.fresh('c'), this.fresh('d')];
    const opening =
      `const ${context} = ${value}; const ${parents} = ${context} != ${scope.parents}.c ` +
      `? { c: ${context}, p: ${scope.parents} } : ${scope.parents};`;
    return { opening, scope: { ...scope, context, parents } };
  }

  /** Generates a statement that reads a value into a constant, calling it if it is a function. */
  private resolved(name: string, node: hbs.AST.Expression, scope: Scope): string {
    const value = this.value(node, scope);
    if (node.type !== 'PathExpression') return `const ${name} = ${value};`;
    const called = `if (typeof ${name} === 'function') ${name} = ${name}.call(${scope.context});`;
    return `let ${name} = ${value}; ${called}`;
  }

  private value(node: hbs.AST.Expression, scope: Scope): string {
    switch (node.type) {
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return JSON.stringify((node as hbs.AST.StringLiteral).value);
      case 'NullLiteral':
        return 'null';
      case 'UndefinedLiteral':
        return 'undefined';
      case 'SubExpression':
        return this.isCall(node as hbs.AST.SubExpression)
          ? this.call(node as hbs.AST.SubExpression, scope)
          : rejectNode(node);
      case 'PathExpression':
        return this.path(node as hbs.AST.PathExpression, scope);
      default:
        return rejectNode(node);
    }
  }

  private path(node: hbs.AST.PathExpression, scope: Scope): string {
    const parts = node.parts as string[];
    if (node.data) {
      const [first, ...rest] = parts;
      if (node.depth > 0 || first === undefined || !DATA.has(first)) return rejectNode(node);
      return properties(`${scope.data}.${first}`, rest);
    }
    if (node.depth === 0) return properties(scope.context, parts);
    return properties(`${scope.parents}${'?.p'.repeat(node.depth)}?.c`, parts);
  }

  private isCall(node: { path: hbs.AST.Expression }): boolean {
    const { type, original } = node.path as hbs.AST.PathExpression | hbs.AST.StringLiteral;
    return type === 'PathExpression' && Object.hasOwn(this.surroundings.helpers, original);
  }

  private call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, scope: Scope): string {
    const [first, ...more] = node.params;
    if (first === undefined || more.length > 0) return rejectNode(node);
    const name = JSON.stringify((node.path as hbs.AST.PathExpression).original);
    const named = this.named(node, scope) ?? '{}';
    return `helpers[${name}](${this.value(first, scope)}, ${named}, ${scope.data})`;
  }

  private named(node: { hash: hbs.AST.Hash }, scope: Scope): string | null {
    const pairs = pairsOf(node);
    if (pairs.length === 0) return null;
    const all = pairs.map(({ key, value }) => {
      return `${JSON.stringify(key)}: ${this.value(value, scope)}`;
    });
    return `{ ${all.join(', ')} }`;
  }

  private fresh(letter: string): string {
    this.count += 1;
    return `${letter}${this.count}`;
  }
}
