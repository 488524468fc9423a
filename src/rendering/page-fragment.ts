import { newToken } from '../kernel/ids.js';
import { PageHtml, utf8InLatin1 } from './page-html.js';

/**
 * Placeholder in a fragment for the CSRF token of the reader's forms; random, so that nobody can
 * write it.
 */
export const TOKEN_MARK = newToken(18);
/** Placeholder in a fragment for its body. */
export const BODY_MARK = newToken(18);

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
  constructor(html: PageHtml) {
    const parts = html.bytes.split(new RegExp(`(${TOKEN_MARK}|${BODY_MARK})`));
    this.pieces = parts.filter((_, at) => at % 2 === 0);
    this.marks = parts.filter((_, at) => at % 2 === 1);
    this.bytes = html.length;
  }

  /**
   * @param body safe HTML
   * @param token only called if the fragment contains a form, because a guest's token sets a cookie
   */
  fill(body: string, token: () => string): PageHtml {
    let html = this.pieces[0] ?? '';
    for (let at = 0; at < this.marks.length; at += 1)
      html +=
        (this.marks[at] === BODY_MARK ? utf8InLatin1(body) : token()) + (this.pieces[at + 1] ?? '');
    return new PageHtml(html);
  }
}
