import MarkdownIt from 'markdown-it';

/** A token of HTML as mail clients parse it. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly tag: string; readonly attributes: string };

const { unescapeAll } = new MarkdownIt().utils;
const ENTITY = /&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});|&(?:nbsp|amp|lt|gt|quot)\b/gi;
const windows1252 = new TextDecoder('windows-1252');
/** Elements whose content is invisible. */
const UNSEEN = new Set(['style', 'script', 'title', 'template', 'noscript']);

/**
 * Tokenises HTML in linear time, however deeply it is nested. Incomplete markup, such as "a < b" or
 * an unterminated comment, is treated as text, so that nothing somebody wrote is lost.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  const find = findOnce(html);
  const tagEnd = endOfTags(html, find);
  const unseenEnd = endOfUnseen(html);
  let at = 0;
  let text = 0;
  for (;;) {
    const from = html.indexOf('<', at);
    if (from < 0) break;
    const [name = ''] = nameAt(html, from) ?? [];
    const to = name === '' ? endOfOther(html, from, find) : tagEnd(from + 1 + name.length);
    if (to < 0) {
      at = from + 1;
      continue;
    }
    if (from > text) yield { kind: 'text', text: decoded(html.slice(text, from)) };
    at = text = to;
    if (name === '') continue;
    const tag = name.replace('/', '').toLowerCase();
    const kind = name.startsWith('/') ? 'close' : 'open';
    if (kind === 'open' && UNSEEN.has(tag)) at = text = unseenEnd(tag, to);
    else yield { kind, tag, attributes: html.slice(from + 1 + name.length, to - 1) };
  }
  if (text < html.length) yield { kind: 'text', text: decoded(html.slice(text)) };
}

/** The decoded value of an attribute; null if it is missing. */
export function attributeOf(attributes: string, name: 'href' | 'alt'): string | null {
  const pattern = name === 'href' ? HREF : ALT;
  const [, quoted, single, bare] = pattern.exec(attributes) ?? [];
  const value = quoted ?? single ?? bare;
  return value === undefined ? null : decoded(value);
}
const HREF = /\shref=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const ALT = /\salt=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/** The name of a tag, including the slash of an end tag. */
function nameAt(html: string, from: number): RegExpExecArray | null {
  NAME.lastIndex = from + 1;
  return NAME.exec(html);
}
const NAME = /\/?[a-z][a-z0-9:_-]{0,40}/iy;

/** The end of a comment, declaration or instruction; negative if the character is text. */
function endOfOther(html: string, from: number, find: Find): number {
  if (html.startsWith('<!--', from)) {
    const end = find('-->', from + 4);
    return end < 0 ? from + 4 : end + 3;
  }
  const next = html.charAt(from + 1);
  return next === '!' || next === '?' ? afterSign(find('>', from)) : -1;
}

/** Finds the next occurrence of a text; negative if there is none. */
type Find = (sign: string, from: number) => number;

/** Searches for a missing text only once, so that many unterminated starts stay linear. */
function findOnce(html: string): Find {
  const missing = new Set<string>();
  return (sign, from) => {
    if (missing.has(sign)) return -1;
    const at = html.indexOf(sign, from);
    if (at < 0) missing.add(sign);
    return at;
  };
}

function afterSign(at: number): number {
  return at < 0 ? -1 : at + 1;
}

/** Finds the end of tags, whose attributes may contain ">" in quotes; reads each character once. */
function endOfTags(html: string, find: Find): (from: number) => number {
  let balanced = true;
  const stop = /["'>]/g;
  return (from) => {
    let at = from;
    while (balanced) {
      stop.lastIndex = at;
      const [sign] = stop.exec(html) ?? [];
      if (sign === '>') return stop.lastIndex;
      const end = sign === undefined ? -1 : find(sign, stop.lastIndex);
      if (end < 0) balanced = false;
      at = end + 1;
    }
    return afterSign(find('>', from));
  };
}

/** Finds the end tags of invisible elements; an unterminated one hides nothing. */
function endOfUnseen(html: string): (tag: string, from: number) => number {
  const missing = new Set<string>();
  return (tag, from) => {
    if (missing.has(tag)) return from;
    const end = new RegExp(`</${tag}[^>]{0,100}>`, 'gi');
    end.lastIndex = from;
    if (end.test(html)) return end.lastIndex;
    missing.add(tag);
    return from;
  };
}

function decoded(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
}

// Old mail clients use Windows-1252 code points, which HTML maps to Unicode.
function decodeEntity(entity: string): string {
  const number = /^&#(1[2-5]\d);$/.exec(entity)?.[1];
  if (number !== undefined && Number(number) >= 128)
    return windows1252.decode(Uint8Array.of(Number(number)));
  return unescapeAll(entity.endsWith(';') ? entity : `${entity};`);
}
