import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { displayNames } from '../kernel/intl.js';

/** The manifest in the folder of a partial language, which lists what it covers. */
export const COVERAGE_FILE = 'language.json';

/** The coverage of a partial language, from its `language.json`. */
interface PartialCoverage {
  /**
   * Its name in the language itself, with its scope, as readers choose it: "Deutsch (E-Mails und
   * Hilfe)".
   */
  readonly name: string;
  /** Whether every email is translated. */
  readonly mails: boolean;
  /**
   * Paths of translated pages, and templates of error pages (`errors/404`); a trailing `*` is a
   * wildcard.
   */
  readonly pages: readonly string[];
}

/** The coverage of a language. Without a manifest a language is complete. */
export class LanguageCoverage {
  private constructor(
    private readonly locale: string,
    private readonly partial: PartialCoverage | null,
  ) {}

  /** @param folder the language's folder */
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

  /** Empty for a complete language. */
  get pages(): readonly string[] {
    return this.partial?.pages ?? [];
  }

  /** The name of the language in the language itself, because its readers may know no other. */
  get name(): string {
    if (this.partial !== null) return this.partial.name;
    const name = displayNames(this.locale, 'language').of(this.locale) ?? this.locale;
    return name.charAt(0).toLocaleUpperCase(this.locale) + name.slice(1);
  }

  /** @param page a path, or the template of an error page */
  covers(page: string): boolean {
    if (this.partial === null) return true;
    return this.partial.pages.some((each) =>
      each.endsWith('*') ? page.startsWith(each.slice(0, -1)) : page === each,
    );
  }
}
