import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { displayNames } from '../kernel/intl.js';

/** The file in the folder of a language that says what a partial one covers. */
export const COVERAGE_FILE = 'language.json';

/** What a language covers that is not there whole, as its `language.json` has it. */
interface PartialCoverage {
  /** Its own name with what is in it, as readers choose it: "Deutsch (E-Mails und Hilfe)". */
  readonly name: string;
  /** Whether every email is in it. */
  readonly mails: boolean;
  /**
   * Addresses of the pages that are in it, and templates of error pages (`errors/404`); a `*` at
   * the end stands for whatever follows.
   */
  readonly pages: readonly string[];
}

/** What is there in a language. One without the file is there whole. */
export class LanguageCoverage {
  private constructor(
    private readonly locale: string,
    private readonly partial: PartialCoverage | null,
  ) {}

  /** @param folder of the language */
  static read(folder: string, locale: string): LanguageCoverage {
    const file = join(folder, COVERAGE_FILE);
    return new LanguageCoverage(
      locale,
      existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PartialCoverage) : null,
    );
  }

  get whole(): boolean {
    return this.partial === null;
  }

  get mails(): boolean {
    return this.partial === null || this.partial.mails;
  }

  /** Empty for a language that is there whole. */
  get pages(): readonly string[] {
    return this.partial?.pages ?? [];
  }

  /** The name of the language in itself: whoever looks for it may read no other. */
  get name(): string {
    if (this.partial !== null) return this.partial.name;
    const name = displayNames(this.locale, 'language').of(this.locale) ?? this.locale;
    return name.charAt(0).toLocaleUpperCase(this.locale) + name.slice(1);
  }

  /** @param page an address, or the template of an error page */
  covers(page: string): boolean {
    if (this.partial === null) return true;
    return this.partial.pages.some((each) =>
      each.endsWith('*') ? page.startsWith(each.slice(0, -1)) : page === each,
    );
  }
}
