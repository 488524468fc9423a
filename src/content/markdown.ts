import MarkdownIt from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import sanitizeHtml from 'sanitize-html';
import { mentionPlugin, type MentionEnv } from './mentions.js';
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
  .use(cjkFriendly)
  .use(mentionPlugin);
markdown.linkify.set({ fuzzyEmail: false, fuzzyLink: false });
// Deeper nesting of quotes is an accident or an attack.
markdown.options.maxNesting = 20;

const LINK = /^(?:https?:\/\/|tel:|sms:|\/(?![/\\]))/i;

// Markdown gives no link a class: this is our own.
function isMention(href: string, kind: string | undefined): boolean {
  return kind === 'mention' && href.startsWith('/@');
}

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
  allowedClasses: { a: ['out', 'mention'] },
  // Headings inside a post are below the heading of the post.
  transformTags: {
    h1: 'h3',
    h2: 'h4',
    h6: 'h5',
    // An address elsewhere or a path here; any other link becomes plain text.
    a: (tagName, { href = '', class: kind }): sanitizeHtml.Tag => ({
      tagName,
      attribs: isMention(href, kind)
        ? { href, class: 'mention' }
        : LINK.test(href)
          ? { href, rel: 'nofollow ugc noopener noreferrer', class: 'out' }
          : {},
    }),
  },
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'a' && attribs.href === undefined ? 'excludeTag' : false,
};

/**
 * Renders Markdown as HTML that is safe to show: no raw HTML, images or tables; links are marked as
 * leading elsewhere. Done once, when a text is stored.
 * @param linked handles whose mentions become links, by their small letters
 */
export function bodyHtml(text: string, linked?: ReadonlyMap<string, string>): string {
  const env: MentionEnv = linked === undefined ? {} : { linked };
  return sanitizeHtml(markdown.render(text, env), ALLOWED).trim();
}

/** The handles that a text mentions, in small letters and in the order of the text. */
export function mentionsIn(text: string): string[] {
  if (!text.includes('@')) return [];
  const found = new Set<string>();
  markdown.parse(text, { found } satisfies MentionEnv);
  return [...found];
}

/** A text without its quoted lines, which may be by somebody else. */
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
