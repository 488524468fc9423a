import MarkdownIt from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import sanitizeHtml from 'sanitize-html';
import { truncate } from './truncate.js';

// Most people who write here know no Markdown. A line over "---" is no heading and an indented
// paragraph is no code; headings and code have signs that nobody types by chance.
const markdown = new MarkdownIt('default', {
  html: false,
  linkify: true,
  breaks: true,
  typographer: false,
})
  .disable(['image', 'table', 'lheading', 'code'])
  .use(cjkFriendly);
markdown.linkify.set({ fuzzyEmail: false, fuzzyLink: false });
// A deeper nest of quotes than this is an accident or an attack.
markdown.options.maxNesting = 20;

const LINK = /^(?:https?:\/\/|tel:|sms:|\/(?![/\\]))/i;

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'br',
    'em',
    'strong',
    's',
    'blockquote',
    'ul',
    'ol',
    'li',
    'code',
    'pre',
    'hr',
    'a',
    'h3',
    'h4',
    'h5',
  ],
  allowedAttributes: { a: ['href', 'rel', 'class'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'tel', 'sms'],
  allowProtocolRelative: false,
  allowedClasses: { a: ['out'] },
  // Headings inside a post stand below the post's own.
  transformTags: {
    h1: 'h3',
    h2: 'h4',
    h6: 'h5',
    // An address elsewhere or a page of this place; anything else keeps its words and loses its
    // link.
    a: (tagName, { href = '' }): sanitizeHtml.Tag => ({
      tagName,
      attribs: LINK.test(href)
        ? { href, rel: 'nofollow ugc noopener noreferrer', class: 'out' }
        : {},
    }),
  },
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'a' && attribs.href === undefined ? 'excludeTag' : false,
};

/**
 * What a person wrote, as HTML that is safe to show: Markdown without raw HTML, images or tables;
 * links marked as leading elsewhere. Done once, when it is written.
 */
export function bodyHtml(text: string): string {
  return sanitizeHtml(markdown.render(text), ALLOWED).trim();
}

/** A text without the lines that its writer quotes: those may be somebody else's words. */
export function withoutQuotes(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^ {0,3}>/.test(line))
    .join('\n')
    .trim();
}

/** The first words, without marks, for a list. @param most UTF-16 units, as `truncate` counts */
export function excerpt(text: string, most = 160): string {
  const plain = text
    .replace(/[#>*_`~[\]()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return truncate(plain, most);
}
