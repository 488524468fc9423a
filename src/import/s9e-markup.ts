import { Parser } from 'htmlparser2';
import { element, textOf, type MarkupElement, type MarkupNode } from './markup.js';

/** Elements that contain markup characters of the source, such as "[b]" or "> ". */
const SIGNS = new Set(['s', 'e', 'i']);
/** Deeper elements are dropped, but keep their text. */
const DEEPEST = 60;
/** Containers around text. */
const NAMES: Readonly<Record<string, string>> = {
  LINK_TEXT: 'noparse',
  ESC: 'noparse',
  E: 'noparse',
  TASK: 'noparse',
  r: 'noparse',
  t: 'noparse',
};

/** Whether a text is stored as XML of s9e's TextFormatter. */
export function isS9eXml(text: string): boolean {
  return /^<[rt][ >/]/.test(text);
}

/**
 * Parses the XML in which phpBB 3.2 and later and Flarum store a text. Line breaks are in the text
 * itself; the markup characters that `Unparser` would restore are represented by the elements.
 */
export function readS9eXml(xml: string): MarkupNode[] {
  const root = element('root');
  const open: MarkupElement[] = [root];
  let signs = 0;
  let tooDeep = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes): void {
        if (signs > 0 || SIGNS.has(name)) signs += 1;
        else if (open.length > DEEPEST) tooDeep += 1;
        else if (name !== 'br') {
          const node = element(NAMES[name] ?? name.toLowerCase(), [], attributes);
          open.at(-1)?.children.push(node);
          open.push(node);
        }
      },
      ontext(text): void {
        const into = open.at(-1)?.children;
        if (signs > 0 || into === undefined) return;
        if (typeof into.at(-1) === 'string')
          into[into.length - 1] = `${into.at(-1) as string}${text}`;
        else into.push(text);
      },
      onclosetag(name): void {
        if (signs > 0) signs -= 1;
        else if (tooDeep > 0) tooDeep -= 1;
        else if (name !== 'br' && open.length > 1) open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return root.children.map(normaliseElement);
}

/** Maps an element to the names and attributes that the writer knows. */
function normaliseElement(node: MarkupNode): MarkupNode {
  if (typeof node === 'string') return node;
  const { tag, attributes } = node;
  const children = node.children.map(normaliseElement);
  const named = (name: string | undefined, sign: string): MarkupNode =>
    name === undefined || name === '' ? textOf(children) : `${sign}${name}`;
  switch (tag) {
    case 'emoji':
      return emoji(attributes.seq) ?? textOf(children);
    case 'usermention':
    case 'postmention':
      return named(attributes.displayname ?? attributes.username, '@');
    case 'groupmention':
      return named(attributes.groupname, '@');
    case 'tagmention':
      return named(attributes.tagname ?? attributes.slug, '#');
    case 'mention':
      return `@${textOf(children)}`;
    default:
      return { tag: tag.startsWith('upl-') ? uploaded(tag) : tag, attributes, children };
  }
}

/** An emoji from its code points: "1f469-200d-1f4bb". */
function emoji(codes: string | undefined): string | null {
  if (codes === undefined || !/^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}$/i.test(codes)) return null;
  const points = codes.split('-').map((code) => Number.parseInt(code, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

function uploaded(tag: string): string {
  return tag.includes('image') ? 'img' : 'file';
}

/** The ids of the posts to which a Flarum text replies by a mention. */
export function mentionedPosts(xml: string): { id: string; discussion: string }[] {
  return [...xml.matchAll(/<POSTMENTION [^<>]{0,2000}>/g)].flatMap(([tag]) => {
    const id = /\sid="(\d{1,18})"/.exec(tag)?.[1];
    const discussion = /\sdiscussionid="(\d{1,18})"/.exec(tag)?.[1];
    return id === undefined || discussion === undefined ? [] : [{ id, discussion }];
  });
}
