import { type Converted, type MarkupElement, type MarkupNode } from './markup.js';
import { codeSpans } from './markdown-code.js';
import { writeMarkdown } from './markdown-writer.js';
import type { ImportMessages } from './words.js';

/** Known tags, if the options do not add others; anything else in brackets is text: "[sic]". */
const KNOWN = new Set(
  (
    'b i u s strike del url email img image quote code c list ul ol li * olist spoiler ispoiler hide details ' +
    'size color colour font center centre left right justify align indent highlight sub sup small big hr ' +
    'attachment table tr td th tbody thead youtube media video audio flash poll h1 h2 h3 h4 h5 h6 noparse ' +
    'mention pre tt'
  ).split(' '),
);
/** Tags whose content is not parsed, up to the closing tag. */
const VERBATIM = new Set([
  'code',
  'c',
  'pre',
  'noparse',
  'img',
  'image',
  'attachment',
  'media',
  'youtube',
]);
/** Tags without a closing tag. */
const VOID = new Set(['hr']);
/** Maximum nesting depth; deeper tags are left as text. */
const DEEPEST = 40;
/** The name of a tag, with the slash of a closing one. */
const NAME = /\[(\/?)([a-z][a-z0-9]{0,15}|\*)(?=[\]=\s])/gi;
/** Maximum length of a value in characters. */
const MAX_VALUE_LENGTH = 600;
const ATTRIBUTE = /(?<![a-z_])([a-z_]+)=(?:"([^"]*)"|'([^']*)'|(\S+))/gi;

export interface BbcodeOptions {
  /** The text around the tags is already Markdown and must not be escaped (Discourse). */
  markdown?: boolean;
  /** Additional tags of this forum, in lower case. */
  more?: readonly string[];
}

/**
 * Converts BBCode to our Markdown. Unclosed and unknown tags are left as text.
 * @returns the text and the kinds of loss: `image`, `file`, `look`…
 */
export function bbcodeToMarkdown(
  text: string,
  words: ImportMessages,
  options: BbcodeOptions = {},
): Converted {
  const { markdown = false } = options;
  return writeMarkdown(parseBbcode(text.replace(/\r\n?/g, '\n'), options), { words, markdown });
}

interface Token {
  readonly tag: string;
  readonly closes: boolean;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** For an opening tag: the index of its closing one; -1 if it is only text. */
  end: number;
}

/** Parses BBCode in linear time. */
export function parseBbcode(text: string, options: BbcodeOptions = {}): MarkupNode[] {
  const tokens = paired(tokensOf(text, options));
  const root: MarkupNode[] = [];
  const open: { into: MarkupNode[]; end: number; tag: string }[] = [
    { into: root, end: tokens.length, tag: 'root' },
  ];
  let at = 0;
  const write = (to: number): void => {
    if (to > at) open.at(-1)?.into.push(text.slice(at, to));
    at = to;
  };
  for (const [index, token] of tokens.entries()) {
    const top = open.at(-1);
    if (top === undefined) break;
    if (token.closes) {
      if (top.end !== index && token.end < 0) continue;
      write(token.from);
      at = token.to;
      if (top.end !== index) continue;
      open.pop();
      while (open.at(-1)?.end === index) open.pop();
      continue;
    }
    if (token.end < 0 || open.length > DEEPEST) continue;
    write(token.from);
    at = token.to;
    if (token.tag === '*' && top.tag === '*') open.pop();
    const node = elementOf(token);
    open.at(-1)?.into.push(node);
    if (!VOID.has(token.tag)) open.push({ into: node.children, end: token.end, tag: token.tag });
  }
  write(text.length);
  return root;
}

function tokensOf(text: string, { markdown, more = [] }: BbcodeOptions): Token[] {
  const names = more.length === 0 ? KNOWN : new Set([...KNOWN, ...more]);
  const skipped = markdown === true ? codeSpans(text) : [];
  const found: Token[] = [];
  let skip = 0;
  for (const match of text.matchAll(NAME)) {
    const [whole, slash = '', name = ''] = match;
    const tag = name.toLowerCase();
    if (!names.has(tag)) continue;
    const { index } = match;
    while ((skipped[skip]?.to ?? Infinity) <= index) skip += 1;
    if ((skipped[skip]?.from ?? Infinity) <= index) continue;
    const from = index + whole.length;
    const to = valueEnd(text, from);
    if (to < 0) continue;
    const value = text.slice(from, to);
    found.push({ tag, closes: slash !== '', value, from: index, to: to + 1, end: -1 });
  }
  return found;
}

/**
 * The index of the bracket that closes a tag, ignoring brackets in a quoted value; -1 if there is
 * none.
 */
function valueEnd(whole: string, from: number): number {
  const text = whole.slice(from, from + MAX_VALUE_LENGTH);
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\n') return -1;
    if (sign === ']') return from + at;
    if (sign !== '=' || !/["']/.test(text[at + 1] ?? '')) continue;
    const close = text.indexOf(text[at + 1] ?? '', at + 2);
    const quoted = close > 0 && /[\]\s]/.test(text[close + 1] ?? '');
    if (quoted && !text.slice(at, close).includes('\n')) at = close;
  }
  return -1;
}

/**
 * Pairs opening with closing tags. A tag opened within another must close within it, or is text.
 */
function paired(tokens: Token[]): Token[] {
  const open: number[] = [];
  const counts = new Map<string, number>();
  const count = (tag: string, by: number): void => {
    counts.set(tag, (counts.get(tag) ?? 0) + by);
  };
  const kept: Token[] = [];
  let verbatim: string | null = null;
  const ends = lastEnds(tokens);
  const overlapping = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (verbatim !== null && !(token.closes && token.tag === verbatim)) continue;
    const at = kept.length;
    if (!token.closes) {
      kept.push(token);
      if (VOID.has(token.tag)) token.end = at;
      else if (VERBATIM.has(token.tag)) {
        if ((ends.get(token.tag) ?? -1) < index) continue;
        verbatim = token.tag;
        open.push(at);
        count(token.tag, 1);
      } else {
        open.push(at);
        count(token.tag, 1);
      }
      continue;
    }
    verbatim = null;
    if ((counts.get(token.tag) ?? 0) === 0) {
      const left = overlapping.get(token.tag) ?? 0;
      if (left === 0) continue;
      overlapping.set(token.tag, left - 1);
      kept.push({ ...token, end: at });
      continue;
    }
    kept.push(token);
    for (;;) {
      const last = open.pop();
      const opener = last === undefined ? undefined : kept[last];
      if (opener === undefined) break;
      count(opener.tag, -1);
      // A list item extends to the end of its list.
      if (opener.tag === '*' && token.tag !== '*') opener.end = at;
      if (opener.tag === token.tag) {
        opener.end = at;
        break;
      }
      // "[b]a[i]b[/b]c[/i]": an overlapping tag is closed early, and its own closing tag is
      // dropped.
      if (opener.end >= 0 || (ends.get(opener.tag) ?? -1) < index) continue;
      opener.end = at;
      overlapping.set(opener.tag, (overlapping.get(opener.tag) ?? 0) + 1);
    }
  }
  return kept;
}

/** The last closing tag of each kind. */
function lastEnds(tokens: readonly Token[]): Map<string, number> {
  const ends = new Map<string, number>();
  for (const [index, { tag, closes }] of tokens.entries()) if (closes) ends.set(tag, index);
  return ends;
}

function elementOf({ tag, value }: Token): MarkupElement {
  const attributes: Record<string, string> = {};
  const rest = value.trim();
  for (const [, name = '', double, single, bare] of rest.matchAll(ATTRIBUTE))
    attributes[name.toLowerCase()] = double ?? single ?? bare ?? '';
  if (rest.startsWith('=')) attributes.value = mainValue(rest.slice(1));
  return { tag, attributes, children: [] };
}

function mainValue(text: string): string {
  const [, double, single] = /^\s*(?:"([^"]*)"|'([^']*)')/.exec(text) ?? [];
  if (double !== undefined || single !== undefined) return double ?? single ?? '';
  // Names may contain spaces, so the value extends to the first attribute.
  return text.replace(/(?<!\s)\s+[a-z_]+=(?=\S)[\s\S]*$/i, '').trim();
}

/** The ids of the posts referenced by the outermost quotations, in order. */
export function quotedPostIds(nodes: readonly MarkupNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (node.tag !== 'quote') return quotedPostIds(node.children);
    const { post_id: id } = node.attributes;
    return id !== undefined && /^\d{1,18}$/.test(id) ? [id] : [];
  });
}
