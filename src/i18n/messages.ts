import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { ComputedOnce } from '../kernel/computed-once.js';
import { VIEWS } from '../kernel/paths.js';
import { slugOf } from '../content/slug.js';
import { COVERAGE_FILE, LanguageCoverage } from './language-coverage.js';

/** Element types in a parsed message, as numbered by the parser. */
const LITERAL = 0;
const ARGUMENT = 1;

export type MessageParams = Record<string, string | number | boolean | Date | null | undefined>;
export const FALLBACK_LOCALE = 'en';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') into.set(path, value);
    else flatten(value, path, into);
  }
}

/** A part of a message: a text, or the name of a parameter. */
export interface MessagePart {
  readonly text: string;
  readonly name: string | null;
}

/** A message with parameters. */
interface Format {
  readonly format: IntlMessageFormat;
  /** The message's own language, which is English if it lacks a translation. */
  readonly language: string;
  /**
   * Alternating texts and parameter names, if the message contains nothing else: most do, and are
   * concatenated instead of interpreted.
   */
  readonly parts: readonly MessagePart[] | null;
}

function formatOf(raw: string, language: string): Format {
  const format = new IntlMessageFormat(raw, language, undefined, { ignoreTag: true });
  const elements = format.getAst() as { type: number; value: string }[];
  if (elements.some(({ type }) => type !== LITERAL && type !== ARGUMENT))
    return { format, language, parts: null };
  const parts = elements.map(({ type, value }) =>
    type === LITERAL ? { text: value, name: null } : { text: '', name: value },
  );
  return { format, language, parts };
}

/**
 * Fills in a message without plural forms; null if the interpreter is needed to report an error.
 */
function fillIn(parts: NonNullable<Format['parts']>, params: MessageParams): string | null {
  let text = '';
  for (const part of parts) {
    const value = part.name === null ? part.text : params[part.name];
    if (typeof value !== 'string' && typeof value !== 'number') return null;
    text += String(value);
  }
  return text;
}

/** Maximum number of cached texts of messages with counts, per language. */
const MAX_COUNTED = 5_000;

/**
 * @returns a cache key if a message has only numbers and booleans as parameters; null if it has
 *   strings, whose values are unbounded
 */
function countKey(key: string, params: MessageParams | undefined): string | null {
  let text = key;
  for (const name in params) {
    const value = params[name];
    if (typeof value !== 'number' && value !== 'true' && value !== 'false') return null;
    text += `\0${name}\0${typeof value} ${value}`;
  }
  return text;
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
  /** By language; interpreting a plural takes twenty times as long as a look-up. */
  private readonly counted = new Map<string, ComputedOnce<string>>();

  constructor(private readonly folder = join(VIEWS, 'messages')) {
    this.load();
  }

  load(): void {
    this.texts.clear();
    this.coverage.clear();
    this.prepared.clear();
    this.counted.clear();
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
    const raw = this.texts.get(locale)?.get(key) ?? this.texts.get(FALLBACK_LOCALE)?.get(key);
    return raw === undefined || raw.includes('{') ? null : raw;
  }

  /**
   * The texts and parameters of a message that consists of nothing else.
   * @returns null for any other message, and if the key does not exist
   */
  partsOf(locale: string, key: string): readonly MessagePart[] | null {
    if (!this.has(key, locale) && !this.has(key)) return null;
    const message = this.find(locale, key);
    return typeof message === 'string' ? null : message.parts;
  }

  /** @throws Error if the key does not exist in English, which is a programming error */
  text(locale: string, key: string, params?: MessageParams): string {
    const message = this.find(locale, key);
    if (typeof message === 'string') return message;
    const { parts } = message;
    const text = parts === null || params === undefined ? null : fillIn(parts, params);
    return text ?? this.interpreted(message, key, params);
  }

  private find(locale: string, key: string): string | Format {
    let prepared = this.prepared.get(locale);
    if (prepared === undefined) {
      // A language that does not exist is English, and adds nothing here.
      if (!this.texts.has(locale)) return this.find(FALLBACK_LOCALE, key);
      this.prepared.set(locale, (prepared = new Map<string, string | Format>()));
    }
    let message = prepared.get(key);
    if (message === undefined) prepared.set(key, (message = this.prepare(locale, key)));
    return message;
  }

  private prepare(locale: string, key: string): string | Format {
    const own = this.texts.get(locale)?.get(key);
    const raw = own ?? this.texts.get(FALLBACK_LOCALE)?.get(key);
    if (raw === undefined) throw new Error(`no message ${key}`);
    return raw.includes('{') ? formatOf(raw, own === undefined ? FALLBACK_LOCALE : locale) : raw;
  }

  private interpreted(
    { format, language }: Format,
    key: string,
    params: MessageParams | undefined,
  ): string {
    const counts = countKey(key, params);
    if (counts === null) return String(format.format(params));
    let texts = this.counted.get(language);
    if (texts === undefined) this.counted.set(language, (texts = new ComputedOnce(MAX_COUNTED)));
    return texts.get(counts, () => String(format.format(params)));
  }
}
