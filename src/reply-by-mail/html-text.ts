import { attributeOf, htmlTokens } from './html-tokens.js';

/** Number of line breaks around an element; two produce a blank line. */
const BREAKS: ReadonlyMap<string, number> = new Map([
  ...breaksOf(2, 'p h1 h2 h3 h4 h5 h6 ul ol dl pre table blockquote hr'),
  ...breaksOf(1, 'div li tr dt dd section article header footer main nav aside form center'),
  ...breaksOf(1, 'figure figcaption address fieldset caption body option'),
]);
const RULE = '--------------------';
/**
 * Maximum depth of quotation markers: deeper text is kept with as many, so that the output stays
 * linear in size.
 */
const MAX_QUOTE_DEPTH = 10;
const MAX_BREAKS = 3;

/**
 * Converts an HTML email to text as its reader sees it: paragraphs, lists, quotations with ">",
 * links with their URL. Keeps all visible text, however deeply nested. Takes time linear in the
 * length.
 */
export function htmlText(html: string): string {
  const text = new TextBuilder();
  for (const token of htmlTokens(html)) {
    if (token.kind === 'text') text.write(token.text);
    else if (token.kind === 'open') text.open(token.tag, token.attributes);
    else text.close(token.tag);
  }
  return text.toString();
}

class TextBuilder {
  private readonly pieces: string[] = [];
  private breaks = 0;
  private space = false;
  private marker = '';
  private quotes = 0;
  private quotesBefore = 0;
  private preformatted = 0;
  /** Next item numbers of open lists; null for unordered lists. */
  private readonly lists: (number | null)[] = [];
  private link: { readonly href: string; readonly from: number } | null = null;

  open(tag: string, attributes: string): void {
    this.breakLine(BREAKS.get(tag) ?? 0);
    if (tag === 'br') this.breaks += 1;
    else if (tag === 'hr') this.writeRule();
    else if (tag === 'blockquote') this.quotes += 1;
    else if (tag === 'pre') this.preformatted += 1;
    else if (tag === 'ul') this.lists.push(null);
    else if (tag === 'ol') this.lists.push(1);
    else if (tag === 'li') this.marker = this.nextMarker();
    else if (tag === 'img') this.write(attributeOf(attributes, 'alt') ?? '');
    else if (tag === 'a') this.openLink(attributeOf(attributes, 'href') ?? '');
  }

  close(tag: string): void {
    if (tag === 'a') this.closeLink();
    else if (tag === 'td' || tag === 'th') this.space = true;
    else if (tag === 'blockquote') this.quotes = Math.max(0, this.quotes - 1);
    else if (tag === 'pre') this.preformatted = Math.max(0, this.preformatted - 1);
    else if (tag === 'ul' || tag === 'ol') this.lists.pop();
    this.breakLine(BREAKS.get(tag) ?? 0);
  }

  write(text: string): void {
    if (this.preformatted > 0) {
      this.writeLines(text);
      return;
    }
    const words = text.replace(/[ \t\r\n\f]+/g, ' ');
    if (words === '' || words === ' ') {
      this.space ||= words === ' ';
      return;
    }
    if (words.startsWith(' ')) this.space = true;
    this.append(words.trim() === '' ? words : words.replace(/^ | $/g, ''));
    this.space = words.endsWith(' ');
  }

  toString(): string {
    return this.pieces.join('').replaceAll('\u00a0', ' ');
  }

  private writeLines(text: string): void {
    for (const [at, line] of text.replace(/\r\n?/g, '\n').split('\n').entries()) {
      if (at > 0) this.breaks += 1;
      if (line !== '') this.append(line);
    }
  }

  private writeRule(): void {
    this.append(RULE);
    this.breaks = 2;
  }

  private breakLine(count: number): void {
    this.breaks = Math.max(this.breaks, count);
  }

  private append(words: string): void {
    const quote = '> '.repeat(Math.min(this.quotes, MAX_QUOTE_DEPTH));
    if (this.pieces.length === 0) this.pieces.push(quote, this.marker);
    else if (this.breaks > 0) {
      const blank = `\n${this.quotesBefore > 0 && this.quotes > 0 ? '>' : ''}`;
      this.pieces.push(blank.repeat(Math.min(this.breaks, MAX_BREAKS) - 1));
      this.pieces.push('\n', quote, this.marker);
    } else if (this.space) this.pieces.push(' ');
    this.pieces.push(words);
    [this.breaks, this.space, this.marker] = [0, false, ''];
    this.quotesBefore = this.quotes;
  }

  private nextMarker(): string {
    const number = this.lists.at(-1) ?? null;
    if (number === null) return '* ';
    this.lists[this.lists.length - 1] = number + 1;
    return `${number}. `;
  }

  private openLink(href: string): void {
    this.link = /^https?:\/\//i.test(href) ? { href, from: this.pieces.length } : null;
  }

  private closeLink(): void {
    const { link } = this;
    this.link = null;
    if (link === null) return;
    const shown = this.pieces.slice(link.from).join('').trim();
    if (shown === '' || shown.includes(link.href)) return;
    this.space = true;
    this.append(`[${link.href}]`);
  }
}

function breaksOf(count: number, tags: string): [string, number][] {
  return tags.split(' ').map((tag) => [tag, count]);
}
