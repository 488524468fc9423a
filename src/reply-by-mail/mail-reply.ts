import { CLIENT_LINE, CLIENT_NAME, CLIENT_SITE } from './client-phrases.js';
import { needsReview } from './needs-review.js';
import { linesOf, quotationIn, type Line } from './quotation.js';
import { joinWrapped } from './wrapped-lines.js';
import { plainLine, type OwnMail } from './own-mail.js';

/** The reply within an email. */
export interface ParsedMailReply {
  /**
   * The text without the quoted email and without lines that mail clients append, with wrapped
   * lines joined. Nothing else is ever removed.
   */
  readonly text: string;
  /** All text that is not literally ours; this is screened. */
  readonly whole: string;
  /** Whether the text omits part of `whole`. */
  readonly omits: boolean;
  /**
   * Whether it may contain a name, signature or quotation, so that a moderator must read it before
   * publication.
   */
  readonly needsReview: boolean;
}

const LINK = /[<([]?https?:\/\/[^\s<>)\]]+[>)\]]?/g;
/** Omitted text leaves a blank line, so that the text around it stays separate. */
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
 * Takes time linear in the length of the email.
 * @param mail its complete text
 * @param name display name of its From
 */
export function parseMailReply(mail: string, own: OwnMail, name: string): ParsedMailReply {
  const { kept, whole } = withoutQuotation(mail, own);
  return {
    text: joinWrapped(kept),
    whole,
    omits: kept !== whole,
    needsReview: needsReview(kept, name),
  };
}

/**
 * Only the text of `parseMailReply`, at a third of the cost, for emails that nobody publishes
 * unread.
 * @param mail its complete text
 */
export function textOfMailReply(mail: string, own: OwnMail): string {
  return joinWrapped(withoutQuotation(mail, own).kept);
}

function withoutQuotation(mail: string, own: OwnMail): { kept: string; whole: string } {
  const lines = linesOf(mail, own);
  const { quotation, headers } = quotationIn(lines, own);
  const rest = lines.map((line, at) => (quotation.has(at) ? GAP : line));
  const kept = tidy(withoutClientLines(rest.map((line, at) => (headers.has(at) ? GAP : line))));
  return { kept, whole: tidy(rest) };
}

/** Removes the lines that mail clients append, with the separator above them and links in them. */
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
