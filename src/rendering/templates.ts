import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import type { Assets } from './assets.js';
import { FALLBACK_LOCALE, type Messages, type MessageParams } from '../i18n/messages.js';
import { withFixedMessages } from './fixed-messages.js';
import { VIEWS } from '../kernel/paths.js';

type Template = HandlebarsTemplateDelegate<unknown>;

// An indented partial must not indent what somebody wrote into a text area.
const OPTIONS: CompileOptions = {
  knownHelpers: { t: true, asset: true } as unknown as KnownHelpers,
  knownHelpersOnly: true,
  preventIndent: true,
};

interface Language {
  readonly engine: typeof Handlebars;
  readonly compiled: Map<string, Template>;
}

/** What every page knows beside its own view; reached as `@page` in templates. */
export interface PageFacts {
  locale: string;
  [name: string]: unknown;
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
 * The Handlebars templates under `views/`, compiled once. Helpers are `t` (a message) and `asset`
 * (an address); `knownHelpersOnly` refuses any other, so that no logic creeps into a template.
 */
export class Templates {
  private languages = new Map<string, Language>();

  constructor(
    private readonly messages: Messages,
    private readonly assets: Assets,
    private readonly folder = VIEWS,
  ) {
    this.load();
  }

  /** Compiles every template once for each language, with the language's fixed words in it. */
  load(): void {
    const sources = files(this.folder).map((path) => ({
      name: relative(this.folder, path)
        .replace(/\.hbs$/, '')
        .replaceAll('\\', '/'),
      text: unindented(path, readFileSync(path, 'utf8')),
    }));
    this.languages = new Map(
      this.messages.locales.map((locale) => {
        const language = this.language();
        for (const { name, text } of sources) this.compile(language, locale, name, text);
        return [locale, language];
      }),
    );
  }

  /** A template that is made while the process runs. */
  define(name: string, text: string): void {
    for (const [locale, language] of this.languages) this.compile(language, locale, name, text);
  }

  get names(): string[] {
    return [...this.in(FALLBACK_LOCALE).compiled.keys()];
  }

  /** A page inside its layout. */
  page(name: string, view: object, page: PageFacts, layout = 'layouts/main'): string {
    const body = this.render(name, view, page);
    return this.render(layout, { body }, page);
  }

  /** One template alone: a mail, a fragment. */
  render(name: string, view: object, page: PageFacts = { locale: FALLBACK_LOCALE }): string {
    const template = this.in(page.locale).compiled.get(name);
    if (template === undefined) throw new Error(`no template ${name}`);
    return template(view, { data: { page } });
  }

  private in(locale: string): Language {
    const language = this.languages.get(locale) ?? this.languages.get(FALLBACK_LOCALE);
    if (language === undefined) throw new Error('no templates');
    return language;
  }

  private language(): Language {
    const engine = Handlebars.create();
    engine.registerHelper('t', (key: string, options: Handlebars.HelperOptions) => {
      const page = (options.data as { page: PageFacts }).page;
      return this.messages.text(page.locale, key, options.hash as MessageParams);
    });
    engine.registerHelper('asset', (name: string) => this.assets.path(name));
    return { engine, compiled: new Map() };
  }

  private compile(language: Language, locale: string, name: string, text: string): void {
    const program = withFixedMessages(text, (key) => this.messages.fixed(locale, key));
    const template = language.engine.compile(program, OPTIONS) as Template;
    if (name.startsWith('partials/')) {
      language.engine.registerPartial(name.slice('partials/'.length), template);
    }
    language.compiled.set(name, template);
  }
}
