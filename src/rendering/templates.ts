import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Assets } from './assets.js';
import { FALLBACK_LOCALE, type Messages, type MessageParams } from '../i18n/messages.js';
import type { PageFragment } from './page-fragment.js';
import { withFixedMessages } from './fixed-messages.js';
import { VIEWS } from '../kernel/paths.js';
import { compileTemplate, type Render, type Surroundings } from './template-compiler.js';

/** The templates of one language, each compiled when it is first used. */
interface Language {
  readonly locale: string;
  readonly surroundings: Surroundings;
  readonly compiled: Map<string, Render>;
}

const PARTIALS = 'partials/';

/** What every page knows beside its own view; reached as `@page` in templates. */
export interface PageFacts {
  locale: string;
  [name: string]: unknown;
}

/** A view that holds its HTML, prepared but for its body and the token of forms. */
interface Prepared {
  fragment: PageFragment;
  bodyHtml: string;
}

function filled({ fragment, bodyHtml }: Prepared, page: PageFacts): string {
  return fragment.fill(bodyHtml, () => page.csrf as string);
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith('.hbs') ? [path] : [];
  });
}

/**
 * Indentation is for whoever reads a template; a page is sent without it, a tenth smaller. What may
 * hold words that somebody wrote, or is plain text, stays as it is.
 */
function unindented(path: string, text: string): string {
  if (path.endsWith('.txt.hbs') || /<(textarea|pre)\b/.test(text)) return text;
  return text.replace(/^[ \t]+/gm, '');
}

/**
 * The Handlebars templates under `views/`. Helpers are `t` (a message), `asset`
 * (an address) and `filled` (a prepared piece of a page); any other is refused, so that no logic
 * creeps into a template.
 */
export class Templates {
  private sources = new Map<string, string>();
  private languages = new Map<string, Language>();
  /** How often they were read; what was rendered before is of other templates. */
  loads = 0;

  constructor(
    private readonly messages: Messages,
    private readonly assets: Assets,
    private readonly folder = VIEWS,
  ) {
    this.load();
  }

  /** Reads every template. Each is compiled once for each language, when it is first used. */
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
    this.languages = new Map(
      this.messages.locales.map((locale) => [locale, this.language(locale)]),
    );
  }

  /** A template that is made while the process runs. */
  define(name: string, text: string): void {
    this.sources.set(name, text);
    for (const { compiled } of this.languages.values()) compiled.delete(name);
  }

  get names(): string[] {
    return [...this.sources.keys()];
  }

  /** A page inside its layout. */
  page(name: string, view: object, page: PageFacts, layout = 'layouts/main'): string {
    const body = this.render(name, view, page);
    return this.render(layout, { body }, page);
  }

  /** One template alone: a mail, a fragment. */
  render(name: string, view: object, page: PageFacts = { locale: FALLBACK_LOCALE }): string {
    const language = this.languages.get(page.locale) ?? this.languages.get(FALLBACK_LOCALE);
    if (language === undefined) throw new Error('no templates');
    return this.template(language, name)(view, { page });
  }

  private language(locale: string): Language {
    const language: Language = {
      locale,
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
          filled: (prepared, _named, data) => filled(prepared as Prepared, data.page as PageFacts),
        },
        partial: (name) => this.template(language, `${PARTIALS}${name}`),
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
      template = compileTemplate(program, language.surroundings);
      language.compiled.set(name, template);
    }
    return template;
  }
}
