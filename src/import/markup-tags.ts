import type { Mark } from './inline-markdown.js';
import type { MarkupElement, MarkupNode } from './markup.js';

/** Elements for inline formatting. */
export const MARKS: Readonly<Record<string, Mark>> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'i',
  ins: 'i',
  s: 's',
  strike: 's',
  del: 's',
};
/** Visual styling, which is dropped but keeps its text. */
export const STYLE_TAGS = new Set([
  ...['size', 'color', 'colour', 'font', 'center', 'centre', 'left', 'right', 'justify', 'align'],
  ...['indent', 'highlight', 'mark', 'bgcolor', 'glow', 'shadow', 'sub', 'sup', 'small', 'big'],
]);
/** Containers without a meaning of their own. */
export const CONTAINER_TAGS = new Set([
  ...['p', 'li', '*', 'tbody', 'thead', 'tt', 'noparse', 'email', 'mention'],
]);

/** Canonical element names by alias. */
export const CANONICAL_TAGS: Readonly<Record<string, string>> = {
  plain: 'plain',
  br: 'line-break',
  hr: 'rule',
  url: 'link',
  a: 'link',
  img: 'image',
  image: 'image',
  attachment: 'file',
  file: 'file',
  poll: 'poll',
  c: 'code',
  code: 'code-block',
  pre: 'code-block',
  quote: 'quote',
  blockquote: 'quote',
  spoiler: 'spoiler',
  ispoiler: 'spoiler',
  details: 'spoiler',
  hide: 'spoiler',
  list: 'list',
  ul: 'list',
  ol: 'list',
  olist: 'list',
  table: 'table',
  youtube: 'media',
  media: 'media',
  video: 'media',
  audio: 'media',
  flash: 'media',
  iframe: 'media',
};

/** Allowed link targets; other links become plain text. */
export const ALLOWED_LINK = /^(?:https?:\/\/|tel:|sms:)[^\s]/i;

/** Values of an ordered list. */
export const ORDERED = /^(?:1|a|i|decimal|(?:lower|upper)-(?:alpha|roman|latin))$/i;

/** An inline code span. */
export function codeSpan(text: string): string {
  if (text.trim() === '') return text;
  const fence = '`'.repeat(longest(text, '`') + 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text.replace(/(?<![ \t])[ \t]*\n[ \t]*/g, ' ')}${pad}${fence}`;
}

/** A fenced code block. */
export function codeBlock(text: string, attributes: MarkupElement['attributes']): string {
  const fence = '`'.repeat(Math.max(3, longest(text, '`') + 1));
  const [language = ''] = /^[\w+#-]{1,20}$/.exec(attributes.lang ?? attributes.value ?? '') ?? [];
  return `${fence}${language}\n${text.replace(/^\n+/, '').trimEnd()}\n${fence}`;
}

/** The length of the longest run of a character. */
function longest(text: string, sign: string): number {
  let most = 0;
  let now = 0;
  for (const each of text) {
    now = each === sign ? now + 1 : 0;
    most = Math.max(most, now);
  }
  return most;
}

/** The author named by a quotation. */
export function authorOf({ author, value, name }: MarkupElement['attributes']): string | null {
  // Discourse appends post and topic after a comma; others an id after a semicolon.
  const attributed =
    author ??
    name ??
    value?.replace(/,\s*(?:post|topic|full|username):.*$/s, '').replace(/;\s*\d+$/, '');
  const trimmed = attributed?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** The cells of a table by row. */
export function rowsOf(nodes: readonly MarkupNode[]): MarkupElement[][] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (node.tag !== 'tr') return rowsOf(node.children);
    return [node.children.filter((cell) => typeof cell !== 'string')];
  });
}

/** Keeps the description of an image. */
export function described(alt = ''): string {
  return alt.trim() === '' ? '' : ` (${alt.trim()})`;
}
