import { findContacts, type DetailKind } from '../disclosure/personal-details.js';
import { ORIGINAL_MESSAGE } from '../reply-by-mail/client-phrases.js';
import { textOfMailReply } from '../reply-by-mail/mail-reply.js';
import { plainLine, type OwnMail } from '../reply-by-mail/own-mail.js';
import { escapeInline, escapeLineStart } from './markdown-escape.js';
import type { Converted } from './markup.js';
import type { MailWords } from './words.js';

/** List archives contain no quotations of our own emails. */
const NO_MAIL_OF_OURS: OwnMail = { phrases: [], links: /(?!)/g, lines: new Set(), senders: [] };

const QUOTED = /^ {0,3}>/;
const RULE = /^\s{0,8}[-_]{2,}[^\n]{0,60}$/;
/** The separator that Mailman and others put above their footer. */
const FOOTER_RULE = /^[_=-]{20,}\s*$/;
const FOOTER = /mailing list|lista de correo|mailingliste|listinfo|unsubscribe|-leave@|-request@/i;
const MAX_FOOTER_LINES = 12;
const MAX_SIGNATURE_LINES = 20;
/** Maximum number of lines over which "On Monday … wrote:" may be wrapped. */
const MAX_WRAPPED_LINES = 3;
const WROTE =
  /\d{1,2}[:.h]\d{2}|\d{4}|@|\b(?:wrote|writes|escribió|schrieb|écrit|scrisse|schreef)\b/i;
const MARKER = /^( {0,8})([-*•]|\d{1,3}[.)]) +(?=\S)/;

/**
 * The sender's own text in an email to a list, as our Markdown: without quotations, signature, list
 * footer, and people's addresses and numbers.
 * @param text of the email
 */
export function listMailToMarkdown(text: string, words: MailWords): Converted {
  const losses: string[] = [];
  const cut = (lines: string[], what: string, change: (lines: string[]) => string[]): string[] => {
    const rest = change(lines);
    if (rest.length < lines.length) losses.push(what);
    return rest;
  };
  let lines = text.replace(/\r\n?/g, '\n').replaceAll('\0', '').split('\n');
  lines = withoutFooter(lines);
  lines = cut(lines, 'quotation', withoutQuotations);
  lines = cut(lines, 'signature', withoutSignature);
  const own = textOfMailReply(lines.join('\n'), NO_MAIL_OF_OURS);
  const masked = withoutContacts(own, words);
  losses.push(...masked.losses);
  const markdown = masked.text.split('\n').map(lineToMarkdown).join('\n');
  return { markdown, losses };
}

/** Replaces email addresses, telephone numbers and postal addresses by placeholders. */
export function withoutContacts(
  text: string,
  words: MailWords,
): { text: string; losses: string[] } {
  const instead: Partial<Record<DetailKind, string>> = {
    mail: words.address,
    address: words.address,
    phone: words.number,
  };
  const losses: string[] = [];
  let done = '';
  let at = 0;
  for (const { kind, span } of findContacts(text)) {
    const word = instead[kind];
    if (word === undefined) continue;
    done += text.slice(at, span[0]) + word;
    at = span[1];
    losses.push('contact-in-text');
  }
  return { text: done + text.slice(at), losses };
}

function withoutFooter(lines: string[]): string[] {
  const first = Math.max(0, lines.length - MAX_FOOTER_LINES);
  const rule = lines.findIndex((line, at) => at >= first && FOOTER_RULE.test(line));
  return rule >= 0 && FOOTER.test(lines.slice(rule).join('\n').slice(0, 4000))
    ? lines.slice(0, rule)
    : lines;
}

function withoutQuotations(lines: string[]): string[] {
  const original = lines.findIndex(
    (line, at) =>
      RULE.test(line) &&
      ORIGINAL_MESSAGE.test(plainLine(line)) &&
      lines.slice(at + 1, at + 4).some((next) => /^\s*\*?\p{L}{2,12}\*?\s?:/u.test(next)),
  );
  const upTo = original < 0 ? lines.length : original;
  const left = new Set<number>();
  for (let at = 0; at < upTo; at += 1) {
    if (!QUOTED.test(lines[at] ?? '')) continue;
    if (!left.has(at - 1)) for (const above of headersAbove(lines, at)) left.add(above);
    left.add(at);
  }
  return lines.slice(0, upTo).filter((_, at) => !left.has(at));
}

/** The attribution lines above a quotation. */
function headersAbove(lines: readonly string[], from: number): number[] {
  let end = from - 1;
  while (end >= 0 && from - end < 3 && lines[end]?.trim() === '') end -= 1;
  if (!/[:：]\s?$/.test((lines[end] ?? '').slice(-3))) return [];
  for (let count = 1; count <= MAX_WRAPPED_LINES && end - count + 1 >= 0; count += 1) {
    const first = end - count + 1;
    const line = lines[first] ?? '';
    if (line.trim() === '' || QUOTED.test(line)) return [];
    const text = lines
      .slice(first, end + 1)
      .join(' ')
      .slice(0, 600);
    const begins = first === 0 || lines[first - 1]?.trim() === '';
    if (begins && WROTE.test(text)) return Array.from({ length: count }, (_, at) => first + at);
  }
  return [];
}

function withoutSignature(lines: string[]): string[] {
  const at = lines.findLastIndex((line) => line === '-- ' || line === '--');
  return at >= 0 && lines.length - at <= MAX_SIGNATURE_LINES ? lines.slice(0, at) : lines;
}

/** Lists are kept; all other plain text is escaped. */
function lineToMarkdown(line: string): string {
  const [whole = '', indent = '', marker = ''] = MARKER.exec(line) ?? [];
  if (whole === '') return escapeLineStart(escapeInline(line.trim()));
  return `${indent.slice(0, 3)}${marker === '•' ? '-' : marker} ${escapeInline(line.slice(whole.length))}`;
}
