import MarkdownIt from 'markdown-it';
import { element, type Converted, type MarkupElement, type MarkupNode } from './markup.js';
import { writeMarkdown } from './markdown-writer.js';
import type { ImportMessages } from './words.js';

/** Like forums: line breaks are kept, and HTML is disabled. */
const markdown = new MarkdownIt('default', { html: false, linkify: true, breaks: true });
markdown.linkify.set({ fuzzyEmail: false, fuzzyLink: false });

type Token = ReturnType<typeof markdown.parse>[number];

/** Paired tokens, by the first part of their type. */
const PAIRS: Readonly<Record<string, string>> = {
  strong: 'b',
  em: 'i',
  s: 's',
  link: 'url',
  blockquote: 'quote',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
  paragraph: 'p',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
};

/**
 * Converts another forum's Markdown to ours. Without conversion, unsupported syntax such as images,
 * tables and underlined headings would show up as raw characters.
 */
export function fromForeignMarkdown(text: string, words: ImportMessages): Converted {
  return writeMarkdown(readForeignMarkdown(text), { words });
}

export function readForeignMarkdown(text: string): MarkupNode[] {
  const root: MarkupNode[] = [];
  const open: MarkupNode[][] = [root];
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.type === 'inline') walk(token.children ?? []);
      else if (token.nesting < 0) open.pop();
      else {
        const node = nodeOf(token);
        open.at(-1)?.push(node);
        if (token.nesting > 0 && typeof node !== 'string') open.push(node.children);
      }
    }
  };
  walk(markdown.parse(text, {}));
  return root;
}

function nodeOf(token: Token): MarkupNode {
  const attribute = (name: string): string => String(token.attrGet(name) ?? '');
  switch (token.type) {
    case 'text':
      return token.content;
    case 'softbreak':
    case 'hardbreak':
      return '\n';
    case 'code_inline':
      return element('c', [token.content]);
    case 'fence':
    case 'code_block':
      return element('code', [token.content], { lang: token.info.trim() });
    case 'image':
      return element('img', [], { alt: token.content });
    case 'hr':
      return element('hr');
    case 'heading_open':
      return element(token.tag);
    default:
      return pairOf(token, attribute);
  }
}

function pairOf(token: Token, attribute: (name: string) => string): MarkupElement | string {
  const tag = PAIRS[token.type.replace(/_open$/, '')];
  if (tag === undefined) return token.content;
  if (tag === 'url') return element(tag, [], { url: attribute('href') });
  return element(tag, [], tag === 'ol' ? { start: attribute('start') } : {});
}
