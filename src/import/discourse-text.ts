import { bbcodeToMarkdown } from './bbcode.js';
import { codeSpans } from './markdown-code.js';
import type { Converted } from './markup.js';
import type { ImportMessages } from './words.js';

/** `![name|690x388](upload://x.png)`, and `[name|attachment](upload://x.pdf) (1 MB)`. */
const FILE = /(!?)\[([^[\]\n]{0,300})\]\(([^()\s]{1,1000})(?: "[^"\n]{0,200}")?\)/g;
const SIZE = /^ \([\d.,]{1,9} .?B\)/;
const TAG = /<(\/?)([a-z][a-z0-9]{0,10})((?:\s[^<>]{0,1000})?)\/?>/gi;
const COMMENT = /<!--(?:(?!-->|<!--)[^]){0,5000}-->/g;
const HREF = /\shref\s*=\s*["']?(https?:\/\/[^"'\s<>]{1,1000})/i;
const DATE = /\[date(?:-range)?=? ?([^\]\n]{1,200})\]/g;
const SPOILER = /\[spoiler\b/i;

/**
 * Markdown equivalents of HTML tags. Of other tags that Discourse displays, only the text is kept.
 */
const MARKS: Record<string, string> = {
  ...{ b: '**', strong: '**', i: '*', em: '*', s: '~~', del: '~~', strike: '~~' },
  ...{ code: '`', kbd: '`', tt: '`' },
};
const BREAKS = new Set(['br', 'p', 'div', 'ul', 'ol', 'table', 'tr', 'center', 'aside', 'section']);
const PLAIN = new Set([
  ...['small', 'big', 'sub', 'sup', 'ins', 'u', 'mark', 'span', 'font', 'abbr', 'ruby', 'rt', 'rb'],
  ...['cite', 'q', 'acronym', 'dfn', 'dl', 'dt', 'dd', 'th', 'td', 'tbody', 'thead', 'summary'],
  ...['details', 'figure', 'figcaption', 'picture', 'source', 'hr', 'li', 'blockquote', 'a', 'img'],
  ...['iframe', 'video', 'audio', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'],
]);

export interface DiscourseText extends Converted {
  /** Part of it was hidden behind a spoiler. */
  folded: boolean;
}

/** Converts Discourse markup (Markdown with BBCode and HTML) to our Markdown. */
export function discourseToMarkdown(raw: string, words: ImportMessages): DiscourseText {
  const losses: string[] = [];
  const text = outsideCode(raw.replace(/\r\n?/g, '\n'), (piece) =>
    htmlToMarkdown(withoutFiles(piece.replace(COMMENT, ''), words, losses), words, losses).replace(
      DATE,
      (_: string, values: string) => dateOf(values),
    ),
  );
  const converted = bbcodeToMarkdown(text, words, { markdown: true });
  return {
    markdown: converted.markdown,
    losses: [...losses, ...converted.losses],
    folded: SPOILER.test(text),
  };
}

/** Applies `change` to everything outside code. */
function outsideCode(text: string, change: (piece: string) => string): string {
  let result = '';
  let at = 0;
  for (const { from, to } of codeSpans(text)) {
    result += change(text.slice(at, from)) + text.slice(from, to);
    at = to;
  }
  return result + change(text.slice(at));
}

function withoutFiles(text: string, words: ImportMessages, losses: string[]): string {
  let result = '';
  let at = 0;
  for (const match of text.matchAll(FILE)) {
    const [whole, mark = '', label = '', address = ''] = match;
    const stored = address.startsWith('upload://');
    if (mark === '' && !stored) continue;
    const isFile = mark === '' || /\|(?:video|audio)$/.test(label);
    losses.push(isFile ? 'file' : 'image');
    result += text.slice(at, match.index) + (isFile ? words.file : words.image);
    at = match.index + whole.length;
    at += SIZE.exec(text.slice(at, at + 20))?.[0].length ?? 0;
  }
  return result + text.slice(at);
}

function htmlToMarkdown(text: string, words: ImportMessages, losses: string[]): string {
  if (!text.includes('<')) return text;
  /** A stack of the URLs of open links. */
  const links: string[] = [];
  return text.replace(TAG, (whole: string, slash: string, name: string, attributes: string) => {
    const tag = name.toLowerCase();
    const closes = slash !== '';
    const mark = MARKS[tag];
    if (mark !== undefined) return mark;
    if (BREAKS.has(tag)) return tag === 'br' ? '\n' : '\n\n';
    switch (tag) {
      case 'img':
        losses.push('image');
        return words.image;
      case 'iframe':
      case 'video':
      case 'audio':
        if (closes) return '';
        losses.push('file');
        return words.file;
      case 'hr':
        return '\n\n---\n\n';
      case 'li':
        return closes ? '' : '\n- ';
      case 'blockquote':
        return closes ? '[/quote]' : '[quote]';
      case 'pre':
        return '\n```\n';
      case 'a': {
        const href = closes ? links.pop() : HREF.exec(attributes)?.[1];
        if (!closes) links.push(href ?? '');
        if (href === undefined || href === '') return '';
        return closes ? `](${href})` : '[';
      }
      default:
        if (/^h[1-6]$/.test(tag)) return closes ? '\n\n' : `\n\n${'#'.repeat(Number(tag[1]))} `;
        return PLAIN.has(tag) ? '' : whole;
    }
  });
}

/** Formats `[date=2020-05-01 time=10:00:00 timezone="Europe/Paris"]` as plain text. */
function dateOf(values: string): string {
  return [...values.matchAll(/(?:([a-z]{1,20})=)?"?([\w:/+.-]{2,40})"?/gi)]
    .filter(([, name = 'date']) => /^(?:date|from|to|time|timezone)$/.test(name))
    .map(([, , value = '']) => value)
    .join(' ');
}
