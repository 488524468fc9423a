import { parseBbcode, quotedPostIds } from './bbcode.js';
import type { MarkupNode } from './markup.js';
import { isS9eXml, readS9eXml } from './s9e-markup.js';

/** Markup of smileys and links in texts of phpBB 3.0 and 3.1, with what the writer typed. */
const SMILEY =
  /<!-- s[^<>\n]{1,50} --><img src="[^"<>]*" alt="([^"<>]*)"[^<>]*><!-- s[^<>\n]{1,50} -->/g;
const LINK = /<!-- ([emlw]) --><a [^<>]*href="([^"<>]*)"[^<>]*>([^<>]*)<\/a><!-- \1 -->/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Parses a stored phpBB text: XML since 3.2, before that BBCode with uids. */
export function readPhpbbText(text: string, uid: string): MarkupNode[] {
  return isS9eXml(text) ? readS9eXml(text) : parseBbcode(oldText(text, uid));
}

/** The post that a text quotes first. */
export function answeredPost(nodes: readonly MarkupNode[]): string | null {
  return quotedPostIds(nodes)[0] ?? null;
}

/** Titles and names are stored with HTML entities. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (all, ...found) => {
    const [decimal, hex, name] = found as (string | undefined)[];
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}

function oldText(text: string, uid: string): string {
  const bare = text
    .replace(/<br \/>/g, '\n')
    .replace(SMILEY, '$1')
    .replace(LINK, (_all, kind: string, href: string, shown: string) =>
      kind === 'e' ? shown : kind === 'l' ? `[url=${href}]${shown}[/url]` : href,
    );
  return decodeEntities(uid === '' ? bare : withoutUid(bare, uid));
}

/** "[b:1a2b3c]" is a tag with a uid; "[/list:u:1a2b3c]" also states the type of list. */
function withoutUid(text: string, uid: string): string {
  if (!/^[a-z0-9]{1,8}$/i.test(uid)) return text;
  return text
    .replaceAll(`[/*:m:${uid}]`, '')
    .replaceAll(`:u:${uid}]`, ']')
    .replaceAll(`:o:${uid}]`, ']')
    .replaceAll(`:${uid}]`, ']');
}
