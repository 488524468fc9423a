import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { VIEWS } from '../kernel/paths.js';
import { slugOf } from '../content/slug.js';
import {
  compileMessage,
  partsOf,
  type CompiledMessage,
  type MessageParams,
  type MessagePart,
} from './compiled-message.js';
import { COVERAGE_FILE, LanguageCoverage } from './language-coverage.js';

export type { MessageParams } from './compiled-message.js';
export const FALLBACK_LOCALE = 'en';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') into.set(path, value);
    else flatten(value, path, into);
  }
}

/** A message with parameters. */
interface Format {
  readonly raw: string;
  /** The message's own language, which is English if it lacks a translation. */
  readonly language: string;
  readonly format: CompiledMessage;
  /** Null unless the message consists of texts and parameters alone. */
  readonly parts: readonly MessagePart[] | null;
}

function interpreterOf(raw: string, language: string): IntlMessageFormat {
  return new IntlMessageFormat(raw, language, undefined, { ignoreTag: true });
}

function formatOf(raw: string, language: string): Format {
  const interpreter = interpreterOf(raw, language);
  const format =
    compileMessage(interpreter, language) ?? ((params) => String(interpreter.format(params)));
  return { raw, language, format, parts: partsOf(interpreter) };
}

/**
 * All translatable texts: `views/messages/<locale>/<namespace>.json`, ICU message syntax, key
 * `namespace.a.b`. A language without a `language.json` is complete; one with it is used only for
 * the pages and emails listed there, each of them entirely. A key missing in a language falls back
 * to English; one missing in English is an error.
 */
export class Messages {
  private readonly texts = new Map<string, Map<string, string>>();
  private readonly coverage = new Map<string, LanguageCoverage>();
  /** By language and key, prepared on first use: the text itself if it takes no parameters. */
  private readonly prepared = new Map<string, Map<string, string | Format>>();

  constructor(private readonly folder = join(VIEWS, 'messages')) {
    this.load();
  }

  load(): void {
    this.texts.clear();
    this.coverage.clear();
    this.prepared.clear();
    for (const locale of readdirSync(this.folder)) {
      const all = new Map<string, string>();
      for (const file of readdirSync(join(this.folder, locale)).filter(
        (name) => name.endsWith('.json') && name !== COVERAGE_FILE,
      )) {
        flatten(
          JSON.parse(readFileSync(join(this.folder, locale, file), 'utf8')) as Tree,
          file.slice(0, -5),
          all,
        );
      }
      this.texts.set(locale, all);
      this.coverage.set(locale, LanguageCoverage.read(join(this.folder, locale), locale));
    }
  }

  /** All languages, including partial ones. */
  get locales(): string[] {
    return [...this.texts.keys()].sort();
  }

  /** The coverage of a language; null if the language does not exist. */
  coverageOf(locale: string): LanguageCoverage | null {
    return this.coverage.get(locale) ?? null;
  }

  /** The locale if it is complete, otherwise English. */
  supported(locale: string | null): string {
    return this.usable(locale, ({ whole }) => whole);
  }

  /**
   * The locale if emails are translated to it, otherwise English.
   * @param locale the member's
   */
  forMails(locale: string | null): string {
    return this.usable(locale, ({ mails }) => mails);
  }

  /**
   * Translates a text that this version ships as data.
   * @param names namespace of its translations: `helplines.note`
   * @param text in English
   * @returns the text itself if it was written or changed on this site, so that there is no
   *   translation
   */
  phrase(locale: string, names: string, text: string): string {
    const key = `${names}.${slugOf(text, { prefix: 'note', longest: 60 })}`;
    return this.raw(FALLBACK_LOCALE, key) === text ? this.text(locale, key) : text;
  }

  private usable(locale: string | null, fits: (coverage: LanguageCoverage) => boolean): string {
    const coverage = locale === null ? undefined : this.coverage.get(locale);
    return locale !== null && coverage !== undefined && fits(coverage) ? locale : FALLBACK_LOCALE;
  }

  keys(locale: string): string[] {
    return [...(this.texts.get(locale)?.keys() ?? [])];
  }

  /** The unformatted text of the file; '' if the key does not exist. */
  raw(locale: string, key: string): string {
    return this.texts.get(locale)?.get(key) ?? '';
  }

  /** @param locale defaults to English: a key that it lacks does not exist */
  has(key: string, locale = FALLBACK_LOCALE): boolean {
    return this.texts.get(locale)?.has(key) ?? false;
  }

  /** A message without parameters; null for one with parameters, and if the key does not exist. */
  fixed(locale: string, key: string): string | null {
    const message = this.find(locale, key);
    return typeof message === 'string' ? message : null;
  }

  /**
   * The texts and parameters of a message that consists of nothing else.
   * @returns null for any other message, and if the key does not exist
   */
  partsOf(locale: string, key: string): readonly MessagePart[] | null {
    const message = this.find(locale, key);
    return typeof message === 'object' ? (message?.parts ?? null) : null;
  }

  /** @throws Error if the key does not exist in English, which is a programming error */
  text(locale: string, key: string, params?: MessageParams): string {
    const message = this.find(locale, key);
    if (message === null) throw new Error(`no message ${key}`);
    if (typeof message === 'string') return message;
    const { raw, language, format } = message;
    // The interpreter reports what is missing.
    return format(params ?? {}) ?? String(interpreterOf(raw, language).format(params));
  }

  /** A message in the language, or else in English; null if English lacks it as well. */
  private find(locale: string, key: string): string | Format | null {
    let prepared = this.prepared.get(locale);
    if (prepared === undefined) {
      // A language that does not exist is English, and adds nothing here.
      if (!this.texts.has(locale)) return this.find(FALLBACK_LOCALE, key);
      this.prepared.set(locale, (prepared = new Map<string, string | Format>()));
    }
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const message = this.prepare(locale, key);
    if (message !== null) prepared.set(key, message);
    return message;
  }

  private prepare(locale: string, key: string): string | Format | null {
    const own = this.texts.get(locale)?.get(key);
    const raw = own ?? this.texts.get(FALLBACK_LOCALE)?.get(key);
    if (raw === undefined) return null;
    return raw.includes('{') ? formatOf(raw, own === undefined ? FALLBACK_LOCALE : locale) : raw;
  }
}
