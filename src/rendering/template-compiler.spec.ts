import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import type { MessagePart } from '../i18n/compiled-message.js';
import { VIEWS } from '../kernel/paths.js';
import { PageHtml } from './page-html.js';
import { compileTemplate } from './template-compiler.js';
import type { Output, Render } from './template-types.js';

/** Renders templates with Handlebars and with our compiler. */
class Both {
  private readonly engine = Handlebars.create();
  private readonly own = { text: new Map<string, Render>(), bytes: new Map<string, Render>() };
  private readonly theirs = new Map<string, HandlebarsTemplateDelegate>();

  constructor(private readonly texts: Record<string, string>) {
    // Handlebars passes named arguments in a different order than written.
    const told = (first: unknown, named: object): string =>
      `${String(first)}${JSON.stringify(Object.entries(named).sort())}`;
    for (const name of ['t', 'asset', 'filled'])
      this.engine.registerHelper(name, (first: unknown, options: Handlebars.HelperOptions) =>
        told(first, options.hash as object),
      );
    this.engine.registerPartial(texts);
    for (const output of ['text', 'bytes'] as const)
      for (const [name, text] of Object.entries(texts)) {
        const surroundings = {
          helpers: { t: told, asset: told, filled: told },
          partial: (partial: string) => this.rendered(output, partial),
        };
        this.own[output].set(name, compileTemplate(Handlebars.parse(text), surroundings, output));
      }
  }

  expectSame(name: string, view: unknown, page: object = {}): string {
    let template = this.theirs.get(name);
    if (template === undefined) {
      template = this.engine.compile(this.texts[name] ?? '', {
        knownHelpers: { t: true, asset: true, filled: true } as never,
        knownHelpersOnly: true,
        preventIndent: true,
      });
      this.theirs.set(name, template);
    }
    const theirs = template(view, { data: { page } });
    expect(this.rendered('text', name)(view, { page })).toBe(theirs);
    const bytes = this.rendered('bytes', name)(view, { page });
    expect(new PageHtml(bytes).toBuffer()).toEqual(Buffer.from(theirs));
    return theirs;
  }

  private rendered(output: Output, name: string): Render {
    const render = this.own[output].get(name);
    if (render === undefined) throw new Error(`no ${name}`);
    return render;
  }
}

const same = (text: string, view: unknown, partials: Record<string, string> = {}): string =>
  new Both({ ...partials, main: text }).expectSame('main', view, { who: 'kim <3', list: [1, 2] });

describe('compileTemplate', () => {
  const VALUES: [string, unknown][] = [
    ['text', 'a & <b> "c" \'d\' `e` ='],
    ['letters beyond ASCII', 'é < “ñ” – ✓ 🙂'],
    ['nothing', ''],
    ['zero', 0],
    ['a number', 7],
    ['false', false],
    ['true', true],
    ['null', null],
    ['undefined', undefined],
    ['an empty list', []],
    ['a list', ['x', 'y<']],
    ['a set', new Set([1, 2])],
    ['an object', { b: 'inner', c: null }],
    ['an empty object', {}],
    ['a function', () => 'called'],
    ['a date', new Date(0)],
  ];

  it.each(VALUES)('treats %s as Handlebars does', (_, a) => {
    same('[{{a}}|{{{a}}}|{{a.b}}|{{a.length}}|{{a.constructor}}|{{this.a}}]', { a });
    same('{{#if a}}yes{{else}}no{{/if}}{{#unless a}}no{{else}}yes{{/unless}}', { a });
    same('{{#with a}}[{{b}}{{this}}{{../z}}]{{else}}none {{z}}{{/with}}', { a, z: 'Z' });
    same(
      '{{#each a}}{{@index}}{{@key}}{{@first}}{{@last}}{{this}}{{../z}},{{else}}none{{z}}{{/each}}',
      {
        a,
        z: 'Z',
      },
    );
    same('{{> p a}}|{{> p a x=a}}|{{t "k" n=a}}|{{t a}}', { a }, { p: '{{this}}{{x}}{{b}}' });
  });

  it('resolves surrounding contexts as Handlebars does', () => {
    const view = {
      z: 'Z',
      rows: [
        { n: 1, cells: ['a', 'b'] },
        { n: 2, cells: [] },
      ],
    };
    same(
      '{{#each rows}}{{n}}{{#if cells}}{{#each cells}}{{this}}{{../n}}{{../../z}}{{@index}}' +
        '{{@page.who}}{{/each}}{{else}}{{../z}}{{/if}}{{@index}}{{/each}}' +
        '{{#with rows}}{{#with this}}{{../z}}{{/with}}{{/with}}',
      view,
    );
    same('{{#each rows}}{{> row z=../z}}{{/each}}', view, {
      row: '{{n}}{{z}}{{../z}}{{@index}}{{#each @page.list}}{{this}}{{/each}}',
    });
  });

  describe('messages with parameters', () => {
    const PARTS: Record<string, MessagePart[]> = {
      both: [
        { text: 'é <', name: null },
        { text: '', name: 'a' },
        { text: '> ', name: null },
        { text: '', name: 'b' },
        { text: '', name: 'a' },
      ],
    };
    const asked: string[] = [];
    const render = (text: string, view: object): string => {
      const compiled = compileTemplate(
        Handlebars.parse(text),
        {
          helpers: { t: (key, named) => (asked.push(String(key)), JSON.stringify(named)) },
          partial: () => () => '',
          message: (key) => PARTS[key] ?? null,
        },
        'bytes',
      );
      return new PageHtml(compiled(view, { page: {} })).toString();
    };
    beforeEach(() => void (asked.length = 0));

    it('are joined in place, escaped like the result of the helper', () => {
      expect(render('{{t "both" b=n a=who}}', { n: 3, who: '“&”' })).toBe(
        'é &lt;“&amp;”&gt; 3“&amp;”',
      );
      expect(render('{{{t "both" a=who b=n}}}', { n: 0, who: '<b>' })).toBe('é <<b>> 0<b>');
      expect(asked).toEqual([]);
    });

    it.each([
      ['a value that must be formatted', '{{{t "both" a=a b=b}}}', { a: 'x', b: true }],
      ['a value that is missing', '{{{t "both" a=a b=b}}}', { a: 'x' }],
      ['a parameter that is not passed', '{{{t "both" a=a}}}', { a: 'x' }],
    ])('leave %s to the helper', (_, text, view) => {
      expect(render(text, view)).toBe(JSON.stringify(view));
      expect(asked).toEqual(['both']);
    });
  });

  it('treats white space as Handlebars does', () => {
    same(
      'a\n  {{#if a}}\n  b\n  {{else}}\n c {{/if}}\n  {{> p}}\n{{~a~}} x\n{{! note }}\nd',
      { a: 1 },
      {
        p: '<p>\n two lines\n</p>\n',
      },
    );
  });

  it('never executes text of a template or a view', () => {
    const text = '`${1 + 1}` \\u0041 "quoted" \u2028 {{a}} {{{a}}}';
    expect(same(text, { a: '${process.exit(1)}`' })).toContain('${1 + 1}');
  });

  it.each([
    '{{lookup a b}}',
    '{{#each a as |b|}}{{b}}{{/each}}',
    '{{#if a b}}{{/if}}',
    '{{foo a}}',
  ])('rejects %s', (text) => {
    const surroundings = { helpers: {}, partial: () => () => '' };
    expect(() => compileTemplate(Handlebars.parse(text), surroundings)).toThrow('not understood');
  });
});

/** Generates a random view with a value wherever a template reads one. */
function madeFor(program: hbs.AST.Program, chance: () => number): Record<string, unknown> {
  const view: Record<string, unknown> = {};
  const leaf = (): unknown =>
    ['a <b> & "c"', '', 'plain', 0, 3, true, false, null, undefined][Math.floor(chance() * 9)];
  const put = (parts: readonly string[], value: unknown): void => {
    let at = view;
    parts.slice(0, -1).forEach((part) => {
      const inner = at[part];
      at = (typeof inner === 'object' && inner !== null ? inner : (at[part] = {})) as typeof view;
    });
    const last = parts.at(-1);
    if (last !== undefined && typeof at[last] !== 'object') at[last] = value;
  };
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = (path: hbs.AST.PathExpression) => {
    put(path.parts as string[], leaf());
  };
  visitor.BlockStatement = function (block: hbs.AST.BlockStatement) {
    const [subject] = block.params as [hbs.AST.PathExpression | hbs.AST.SubExpression];
    const name = (block.path as hbs.AST.PathExpression).original;
    if (subject.type === 'PathExpression') {
      const inner = (): unknown => madeFor(block.program, chance);
      if (name === 'each')
        put(subject.parts as string[], Array.from({ length: Math.floor(chance() * 4) }, inner));
      if (name === 'with') put(subject.parts as string[], chance() < 0.2 ? null : inner());
    }
    Handlebars.Visitor.prototype.BlockStatement.call(visitor, block);
  };
  visitor.accept(program);
  return view;
}

describe('every template in views', () => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return files(path);
      return entry.name.endsWith('.hbs') ? [path] : [];
    });
  const names = files(VIEWS).map((path) => relative(VIEWS, path).replace(/\.hbs$/, ''));
  const texts = Object.fromEntries(
    names.map((name) => [
      name.replace(/^partials\//, ''),
      readFileSync(join(VIEWS, `${name}.hbs`), 'utf8'),
    ]),
  );

  it('renders as with Handlebars, whatever its view contains', () => {
    const both = new Both(texts);
    let seed = 1;
    const chance = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      return seed / 0x7fffffff;
    };
    let words = 0;
    for (const [name, text] of Object.entries(texts))
      for (let round = 0; round < 12; round += 1) {
        const view = madeFor(Handlebars.parse(text), chance);
        words += both.expectSame(name, view, madeFor(Handlebars.parse(text), chance)).length;
      }
    expect(words).toBeGreaterThan(1_000_000);
  });
});
