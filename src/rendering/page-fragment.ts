import { newToken } from '../kernel/ids.js';

/** What stands in a fragment for the token of the reader's forms; by lot, so nobody can write it. */
export const TOKEN_MARK = newToken(18);
/** What stands in a fragment for its body. */
export const BODY_MARK = newToken(18);

/** V8 keeps a text in one byte a character as long as each fits. */
const WIDE = /[^\0-\xff]/;

/** A rendered piece of a page, the same for many readers but for a body and their token. */
export class PageFragment {
  private readonly pieces: readonly string[];
  /** Which mark stood behind each piece but the last. */
  private readonly marks: readonly string[];
  /** Of memory, about. */
  readonly bytes: number;

  /** @param html with `TOKEN_MARK` and `BODY_MARK` */
  constructor(html: string) {
    const parts = html.split(new RegExp(`(${TOKEN_MARK}|${BODY_MARK})`));
    this.pieces = parts.filter((_, at) => at % 2 === 0);
    this.marks = parts.filter((_, at) => at % 2 === 1);
    this.bytes = html.length * (WIDE.test(html) ? 2 : 1);
  }

  /**
   * @param body HTML that is safe to show
   * @param token called only where the fragment holds a form: making a guest's sets a cookie
   */
  fill(body: string, token: () => string): string {
    let html = this.pieces[0] ?? '';
    for (let at = 0; at < this.marks.length; at += 1)
      html += (this.marks[at] === BODY_MARK ? body : token()) + (this.pieces[at + 1] ?? '');
    return html;
  }
}
