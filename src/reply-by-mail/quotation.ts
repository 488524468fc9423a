import { ORIGINAL_MESSAGE } from './client-phrases.js';
import { plainLine, type OwnMail } from './own-mail.js';

export interface Line {
  readonly text: string;
  /** Without quotation markers. */
  readonly plain: string;
  readonly quoted: boolean;
  /** Contains no letters or digits. */
  blank: boolean;
  ours: boolean;
  link: boolean;
  /** Number of our sentences that overlap the line. */
  phrases: number;
}

/** A phrase of ours found in the text. */
interface Found {
  readonly at: number;
  readonly end: number;
  /** The furthest end among this and all earlier ones. */
  reach: number;
  readonly link: boolean;
}

const QUOTE = /^(?:\s{0,20}>){1,50}/;
const NOTHING = /^[-_=*|<>[\]:.\s\u200b\ufeff]*$/;
const LABEL = /^[\s*_]{0,4}\p{L}[\p{L}\p{M} .'’-]{0,24}[*_]{0,2}\s?[:：]/u;
const RULE = /^\s{0,8}[-_]{2,}[^\n]{0,60}$/;
/** Maximum number of lines that a mail client writes above a quotation. */
const MAX_HEADERS = 10;
const MAX_WRAPPED = 3;

/** Line numbers of the quoted email within a reply. */
export interface Quotation {
  readonly quotation: ReadonlySet<number>;
  /** The lines above it, in which a mail client attributes the quotation. */
  readonly headers: ReadonlySet<number>;
}

export function quotationIn(lines: Line[], own: OwnMail): Quotation {
  markOwnLines(lines, own);
  const quotation = new Set<number>();
  const headers = new Set<number>();
  for (const [from, to] of blocksOf(lines)) {
    for (let at = withQuoteMarksAbove(lines, from); at <= to; at += 1) quotation.add(at);
    for (const at of headersAbove(lines, from, own)) headers.add(at);
  }
  return { quotation, headers };
}

export function linesOf(text: string, own: OwnMail): Line[] {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\0', '')
    .split('\n')
    .flatMap((line) => {
      // Yahoo begins the quotation on the attribution line.
      const at = line.length < 400 ? line.search(/[:：]\s{2,}\S/) + 1 : 0;
      return at > 0 && namesSender(line.slice(0, at), own)
        ? [line.slice(0, at), line.slice(at)]
        : [line];
    })
    .map((line) => {
      const plain = line.replace(QUOTE, '').replace(/\s+/g, ' ').trim();
      return {
        text: line,
        plain,
        quoted: QUOTE.test(line),
        blank: NOTHING.test(plain),
        ours: false,
        link: false,
        phrases: 0,
      };
    });
}

// Our sentences may be wrapped anywhere: they are matched against the joined lines, and a line is
// ours if it contains nothing else.
function markOwnLines(lines: Line[], own: OwnMail): void {
  const flat = lines.map(({ plain }) => plain).join(' ');
  const matches: Found[] = [];
  for (const phrase of own.phrases) {
    for (const match of flat.matchAll(phrase)) {
      const end = match.index + match[0].length;
      matches.push({ at: match.index, end, reach: end, link: phrase === own.links });
    }
  }
  matches.sort((a, b) => a.at - b.at || b.end - a.end);
  // A sentence that is part of another one is not counted again.
  let covered = 0;
  const starts = matches.filter((each) => {
    const isSeparate = each.at >= covered;
    covered = Math.max(covered, each.end);
    each.reach = covered;
    return isSeparate;
  });
  const longest = Math.max(0, ...[...own.lines].map(({ length }) => length));
  let at = 0;
  let next = 0;
  let first = 0;
  for (const line of lines) {
    const end = at + line.plain.length;
    while (first < matches.length && (matches[first]?.reach ?? 0) <= at) first += 1;
    const rest = uncovered(flat, at, end, matches, first);
    const touched = rest.length < line.plain.length;
    // A line that is neither overlapped nor as short as ours cannot be ours: this skips most of a
    // long email.
    const left = touched || rest.length <= 2 * longest ? plainLine(rest) : rest;
    line.ours = !line.blank && ((touched && left === '') || own.lines.has(left));
    for (; next < starts.length && (starts[next]?.at ?? 0) <= end; next += 1) {
      line.phrases += 1;
      line.link ||= starts[next]?.link === true;
    }
    at = end + 1;
  }
}

/**
 * The part of a range of the text that no phrase covers.
 * @param first index of the first phrase that may overlap it
 */
function uncovered(
  flat: string,
  from: number,
  to: number,
  found: readonly Found[],
  first: number,
): string {
  let rest = '';
  let at = from;
  for (let n = first; n < found.length && at < to; n += 1) {
    const { at: start, end } = found[n] ?? { at: to, end: to };
    if (start >= to) break;
    if (start > at) rest += flat.slice(at, start);
    at = Math.max(at, end);
  }
  return at < to ? rest + flat.slice(at, to) : rest;
}

/** Consecutive lines of ours, as the first and last line of each block. */
function blocksOf(lines: readonly Line[]): [number, number][] {
  const blocks: [number, number][] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.ours !== true) continue;
    let last = at;
    for (
      let to = at;
      to < lines.length && (lines[to]?.ours === true || lines[to]?.blank === true);
      to += 1
    ) {
      if (lines[to]?.ours === true && lines[to]?.quoted !== lines[at]?.quoted) break;
      if (lines[to]?.ours === true) last = to;
    }
    const block = lines.slice(at, last + 1);
    if (isCertain(block)) blocks.push([at, withQuoteMarks(lines, last)]);
    at = last;
  }
  return blocks;
}

// A single sentence of ours outside a quotation may be the author's own.
function isCertain(block: readonly Line[]): boolean {
  const phrases = block.reduce((sum, line) => sum + line.phrases, 0);
  if (phrases === 0) return false;
  return (
    phrases > 1 ||
    block.every(({ quoted, blank }) => quoted || blank) ||
    block.some(({ link }) => link)
  );
}

function withQuoteMarksAbove(lines: readonly Line[], first: number): number {
  let from = first;
  while (lines[from - 1]?.quoted === true && lines[from - 1]?.blank === true) from -= 1;
  return from;
}

function withQuoteMarks(lines: readonly Line[], last: number): number {
  let to = last;
  while (lines[to + 1]?.quoted === true && lines[to + 1]?.blank === true) to += 1;
  return to;
}

/**
 * "On Monday … wrote:", or a list of From, Sent and To: recognised by our name or address in it, in
 * any language.
 */
function headersAbove(lines: readonly Line[], from: number, own: OwnMail): number[] {
  let end = from - 1;
  while (end >= 0 && lines[end]?.blank === true && !RULE.test(lines[end]?.plain ?? '')) end -= 1;
  const labels: number[] = [];
  for (let at = end; at >= 0 && labels.length < MAX_HEADERS; at -= 1) {
    const plain = (lines[at]?.plain ?? '').slice(0, 400);
    if (!LABEL.test(plain) && !RULE.test(plain)) break;
    labels.unshift(at);
  }
  const labelled = labels.filter((at) => LABEL.test(lines[at]?.plain ?? ''));
  if (labelled.length > 1 && namesSender(labelled.map((at) => lines[at]?.plain).join(' '), own))
    return labels;
  for (let count = 1; count <= MAX_WRAPPED && end - count + 1 >= 0; count += 1) {
    const first = end - count + 1;
    if (lines[first]?.blank === true) break;
    const text = lines
      .slice(first, end + 1)
      .map(({ plain }) => plain)
      .join(' ')
      .slice(0, 600);
    if (namesSender(text, own) && /\d{1,2}[:.h]\d{2}|\d{4}/.test(text) && /[:：]\s?$/.test(text))
      return [...ruleAbove(lines, first), ...Array.from({ length: count }, (_, n) => first + n)];
  }
  return [];
}

function namesSender(text: string, own: OwnMail): boolean {
  const words = text.toLowerCase();
  return own.senders.some((sender) => words.includes(sender));
}

/** "-------- Original message --------", if a line that names the sender follows. */
function ruleAbove(lines: readonly Line[], from: number): number[] {
  let at = from - 1;
  while (at > 0 && lines[at]?.plain === '') at -= 1;
  const plain = (lines[at]?.plain ?? '').slice(0, 80);
  return RULE.test(plain) && ORIGINAL_MESSAGE.test(plainLine(plain)) ? [at] : [];
}
