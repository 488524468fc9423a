import MarkdownIt from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import sanitizeHtml from 'sanitize-html';
import { mentionPlugin, type MentionEnv } from './mentions.js';
import { truncate } from './truncate.js';

// Most authors do not know Markdown. A line above "---" is therefore not a heading and an indented
// paragraph is not code; the other markers of headings and code are rarely typed by accident.
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
// Deeper nesting of quotations is an accident or an attack.
markdown.options.maxNesting = 20;

const LINK = /^(?:https?:\/\/|tel:|sms:|\/(?![/\\]))/i;

// Markdown itself never adds a class to a link, so this one comes from the mention plugin.
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
  // Shift headings in a post below the heading of the post itself.
  transformTags: {
    h1: 'h3',
    h2: 'h4',
    h6: 'h5',
    // Allows an external URL or a path on this site; any other link becomes plain text.
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

/** Signs that can mean something in Markdown or HTML wherever they stand in a line, and controls. */
const SIGNS = String.raw`\p{Cc}&<>*_~@/|\\\[\]` + '`';
/** A line that starts with a word, so that it opens no list, heading, quotation or code. */
const PLAIN_LINE = String.raw`[\p{L}"'“‘(¿¡](?:[^${SIGNS}]*[^\s${SIGNS}])?`;
const PLAIN = new RegExp(String.raw`^${PLAIN_LINE}(?:\n+${PLAIN_LINE})*$`, 'u');

// Most texts have no markup. Rendering and cleaning them costs a twentieth of a reply.
function plainHtml(text: string): string {
  const paragraphs = text.split(/\n{2,}/);
  return paragraphs.map((lines) => `<p>${lines.replaceAll('\n', '<br />\n')}</p>`).join('\n');
}

/**
 * Renders Markdown to safe HTML: no raw HTML, images or tables; links are marked as external.
 * Called once, when a text is saved.
 * @param linked handles whose mentions become links, by their lower-case form
 */
export function bodyHtml(text: string, linked?: ReadonlyMap<string, string>): string {
  return PLAIN.test(text) ? plainHtml(text) : renderMarkdown(text, linked);
}

/** Like `bodyHtml`, for any text. */
export function renderMarkdown(text: string, linked?: ReadonlyMap<string, string>): string {
  const env: MentionEnv = linked === undefined ? {} : { linked };
  return sanitizeHtml(markdown.render(text, env), ALLOWED).trim();
}

/** The handles that a text mentions, in lower case and in text order. */
export function mentionsIn(text: string): string[] {
  if (!text.includes('@')) return [];
  const handles = new Set<string>();
  markdown.parse(text, { found: handles } satisfies MentionEnv);
  return [...handles];
}

/** Removes quoted lines, which may be by somebody else. */
export function withoutQuotes(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^ {0,3}>/.test(line))
    .join('\n')
    .trim();
}

/**
 * The beginning of a text without markup, for a list.
 * @param most maximum length in UTF-16 units, as in `truncate`
 */
export function excerpt(text: string, most = 160): string {
  const plain = text
    .replace(/[#>*_`~[\]()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return truncate(plain, most);
}
