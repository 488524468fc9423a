import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Assets } from './assets.js';
import { FALLBACK_LOCALE, type Messages, type MessageParams } from '../i18n/messages.js';
import type { PageFragment } from './page-fragment.js';
import { PageHtml } from './page-html.js';
import { withFixedMessages } from './fixed-messages.js';
import { VIEWS } from '../kernel/paths.js';
import { compileTemplate } from './template-compiler.js';
import type { Output, Render, RenderContext } from './template-types.js';

/** The templates of one language for one kind of output, compiled on first use. */
interface Language {
  readonly locale: string;
  readonly output: Output;
  readonly surroundings: RenderContext;
  readonly compiled: Map<string, Render>;
}

const PARTIALS = 'partials/';

/** Data of every page in addition to its own view, available as `@page` in templates. */
export interface PageFacts {
  locale: string;
  [name: string]: unknown;
}

/** A view with prepared HTML, except for its body and the token of forms. */
interface Prepared {
  fragment: PageFragment;
  bodyHtml: string;
}

function renderPrepared({ fragment, bodyHtml }: Prepared, page: PageFacts): PageHtml {
  return fragment.fill(bodyHtml, page.csrf as () => string);
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith('.hbs') ? [path] : [];
  });
}

/**
 * Removes indentation, which makes a page a tenth smaller. Plain-text templates, and those that may
 * contain preformatted text, are not changed.
 */
function unindented(path: string, text: string): string {
  if (path.endsWith('.txt.hbs') || /<(textarea|pre)\b/.test(text)) return text;
  return text.replace(/^[ \t]+/gm, '');
}

/** A downloaded file must be readable without the site's stylesheet. */
const FILE_STYLE = [
  'body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.6 system-ui,sans-serif;',
  'color:#24211c;background:#fffcf5;overflow-wrap:anywhere}',
  'h1,h2,h3{line-height:1.25}',
  'section{margin-block:2.5rem}',
  'article{margin-block:1.5rem;padding-block-start:1rem;border-top:1px solid #857b69}',
  'pre{margin:0;font:inherit;white-space:pre-wrap}',
  '.own-words{white-space:pre-line}',
  '@media(prefers-color-scheme:dark){body{color:#f3ebdd;background:#18232b}a{color:#93d6d0}}',
].join('');

/**
 * The Handlebars templates under `views/`. The only helpers are `t` (a message), `asset` (a URL)
 * and `filled` (a prepared part of a page), so that templates stay free of logic.
 */
export class Templates {
  private sources = new Map<string, string>();
  private texts = new Map<string, Language>();
  private pages = new Map<string, Language>();
  /** Incremented by each load: anything rendered before used other templates. */
  loads = 0;

  constructor(
    private readonly messages: Messages,
    private readonly assets: Assets,
    private readonly folder = VIEWS,
  ) {
    this.load();
  }

  /** Reads every template. Each is compiled per language, on first use. */
  load(): void {
    this.loads += 1;
    this.sources = new Map(
      files(this.folder).map((path) => [
        relative(this.folder, path)
          .replace(/\.hbs$/, '')
          .replaceAll('\\', '/'),
        unindented(path, readFileSync(path, 'utf8')),
      ]),
    );
    const { locales } = this.messages;
    this.texts = new Map(locales.map((locale) => [locale, this.language(locale, 'text')]));
    this.pages = new Map(locales.map((locale) => [locale, this.language(locale, 'bytes')]));
  }

  /** Adds a template at run time. */
  define(name: string, text: string): void {
    this.sources.set(name, text);
    for (const languages of [this.texts, this.pages])
      for (const { compiled } of languages.values())
        // Other templates may hold a partial.
        if (name.startsWith(PARTIALS)) compiled.clear();
        else compiled.delete(name);
  }

  get names(): string[] {
    return [...this.sources.keys()];
  }

  /** A file that is downloaded and read without the site, with its few styles inside. */
  file(name: string, view: object, page: PageFacts): string {
    const html = this.page(name, view, page, 'layouts/file').toString();
    return html.replace('</title>', `</title>\n<style>${FILE_STYLE}</style>`);
  }

  /** Renders a page inside its layout. */
  page(name: string, view: object, page: PageFacts, layout = 'layouts/main'): PageHtml {
    return this.piece(layout, { body: this.piece(name, view, page) }, page);
  }

  /** Renders a part of a page. */
  piece(name: string, view: object, page: PageFacts): PageHtml {
    return new PageHtml(this.rendered(this.pages, name, view, page));
  }

  /** Renders a single template as text, such as an email. */
  render(name: string, view: object, page: PageFacts = { locale: FALLBACK_LOCALE }): string {
    return this.rendered(this.texts, name, view, page);
  }

  private rendered(
    languages: ReadonlyMap<string, Language>,
    name: string,
    view: object,
    page: PageFacts,
  ): string {
    const language = languages.get(page.locale) ?? languages.get(FALLBACK_LOCALE);
    if (language === undefined) throw new Error('no templates');
    return this.template(language, name)(view, { page });
  }

  private language(locale: string, output: Output): Language {
    const language: Language = {
      locale,
      output,
      compiled: new Map(),
      surroundings: {
        helpers: {
          t: (key, named, data) =>
            this.messages.text(
              (data.page as PageFacts).locale,
              key as string,
              named as MessageParams,
            ),
          asset: (name) => this.assets.path(name as string),
          filled: (prepared, _named, data) =>
            renderPrepared(prepared as Prepared, data.page as PageFacts),
        },
        partial: (name) => this.template(language, `${PARTIALS}${name}`),
        message: (key) => this.messages.partsOf(locale, key),
      },
    };
    return language;
  }

  private template(language: Language, name: string): Render {
    let template = language.compiled.get(name);
    if (template === undefined) {
      const text = this.sources.get(name);
      if (text === undefined) throw new Error(`no template ${name}`);
      const program = withFixedMessages(text, (key) => this.messages.fixed(language.locale, key));
      template = compileTemplate(program, language.surroundings, language.output);
      language.compiled.set(name, template);
    }
    return template;
  }
}
