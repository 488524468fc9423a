import { newToken } from '../kernel/ids.js';

/**
 * Placeholder in a fragment for the CSRF token of the reader's forms; random, so that nobody can
 * write it.
 */
export const TOKEN_MARK = newToken(18);
/** Placeholder in a fragment for its body. */
export const BODY_MARK = newToken(18);

/** Matches text that V8 stores with two bytes per character. */
const WIDE = /[^\0-\xff]/;

/**
 * A rendered part of a page that is the same for many readers, except for a body and their token.
 */
export class PageFragment {
  private readonly pieces: readonly string[];
  /** The placeholder behind each piece but the last. */
  private readonly marks: readonly string[];
  /** Approximate memory use. */
  readonly bytes: number;

  /** @param html contains `TOKEN_MARK` and `BODY_MARK` */
  constructor(html: string) {
    const parts = html.split(new RegExp(`(${TOKEN_MARK}|${BODY_MARK})`));
    this.pieces = parts.filter((_, at) => at % 2 === 0);
    this.marks = parts.filter((_, at) => at % 2 === 1);
    this.bytes = html.length * (WIDE.test(html) ? 2 : 1);
  }

  /**
   * @param body safe HTML
   * @param token only called if the fragment contains a form, because a guest's token sets a cookie
   */
  fill(body: string, token: () => string): string {
    let html = this.pieces[0] ?? '';
    for (let at = 0; at < this.marks.length; at += 1)
      html += (this.marks[at] === BODY_MARK ? body : token()) + (this.pieces[at + 1] ?? '');
    return html;
  }
}
