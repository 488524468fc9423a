import { CLIENT_LINE, CLIENT_NAME, CLIENT_SITE } from './client-phrases.js';
import { needsReview } from './needs-review.js';
import { linesOf, quotationIn, type Line } from './quotation.js';
import { joinWrapped } from './wrapped-lines.js';
import { plainLine, type OwnMail } from './own-mail.js';

/** What of a mail is an answer. */
export interface ParsedMailReply {
  /**
   * Without the mail that it answers, and without the line a mail program puts at its end, its
   * wrapped lines joined. Nothing else is ever cut.
   */
  readonly text: string;
  /** All that is not ours to the letter: what is screened. */
  readonly whole: string;
  /** The text lacks something of the whole. */
  readonly omits: boolean;
  /** A name, a signature or a quotation may be in it: a person reads it before it is published. */
  readonly needsReview: boolean;
}

const LINK = /[<([]?https?:\/\/[^\s<>)\]]+[>)\]]?/g;
/** What is left out leaves a blank line, so that what stood around it stays apart. */
const GAP: Line = {
  text: '',
  plain: '',
  quoted: false,
  blank: true,
  ours: false,
  link: false,
  phrases: 0,
};

/**
 * Time grows with the length of the mail.
 * @param mail its whole text
 * @param name display name of its From
 */
export function parseMailReply(mail: string, own: OwnMail, name: string): ParsedMailReply {
  const lines = linesOf(mail, own);
  const { quotation, headers } = quotationIn(lines, own);
  const rest = lines.map((line, at) => (quotation.has(at) ? GAP : line));
  const kept = tidy(withoutClientLines(rest.map((line, at) => (headers.has(at) ? GAP : line))));
  const whole = tidy(rest);
  return {
    text: joinWrapped(kept),
    whole,
    omits: kept !== whole,
    needsReview: needsReview(kept, name),
  };
}

/** The lines of mail programs at the end, with the rule above them, and links in them. */
function withoutClientLines(lines: readonly Line[]): Line[] {
  let length = lines.length;
  for (;;) {
    let last = length - 1;
    while (last >= 0 && lines[last]?.blank === true) last -= 1;
    if (last < 0 || !isClientLine(lines[last]?.plain ?? '')) return lines.slice(0, length);
    length = last;
    while (length > 0 && lines[length - 1]?.blank === true) length -= 1;
  }
}

function isClientLine(line: string): boolean {
  if (line.length > 300) return false;
  const words = plainLine(line.replace(LINK, ' '));
  if (words.length > 120) return false;
  const advertises = words.length <= 60 && CLIENT_NAME.test(words) && CLIENT_SITE.test(line);
  return advertises || CLIENT_LINE.test(words);
}

function tidy(lines: readonly Line[]): string {
  return lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
