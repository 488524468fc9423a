import { inlineMarkdown, type Mark, type Run } from './inline-markdown.js';
import {
  authorOf,
  codeBlock,
  codeSpan,
  described,
  CONTAINER_TAGS,
  CANONICAL_TAGS,
  ALLOWED_LINK,
  STYLE_TAGS,
  MARKS,
  ORDERED,
  rowsOf,
} from './markup-tags.js';
import { element, textOf, type Converted, type MarkupElement, type MarkupNode } from './markup.js';
import type { ImportMessages } from './words.js';

/** Deeper quotations and lists are flattened to this depth, as our Markdown drops deeper ones. */
const DEEPEST = 6;
export interface WriterOptions {
  words: ImportMessages;
  /** Text is already Markdown: it is not escaped, and keeps its line breaks. */
  markdown?: boolean;
}

/** Renders another forum's markup as our Markdown. */
export function writeMarkdown(nodes: readonly MarkupNode[], options: WriterOptions): Converted {
  const losses: string[] = [];
  const writer = new Writer(options, losses, 0);
  writer.all(nodes, { marks: [], href: null });
  return { markdown: writer.end(), losses };
}

interface Style {
  marks: readonly Mark[];
  href: string | null;
}

class Writer {
  private blocks: string[] = [];
  private runs: Run[] = [];
  private lists = 0;

  constructor(
    private readonly options: WriterOptions,
    private readonly losses: string[],
    private readonly depth: number,
  ) {}

  end(): string {
    this.paragraph();
    return this.blocks.join('\n\n');
  }

  all(nodes: readonly MarkupNode[], style: Style): void {
    for (const node of nodes) {
      if (typeof node === 'string') this.text(node, style, this.options.markdown === true);
      else this.writeElement(node, style);
    }
  }

  private writeElement(node: MarkupElement, style: Style): void {
    const { tag, children } = node;
    const mark = MARKS[tag];
    if (mark !== undefined) this.all(children, { ...style, marks: [...style.marks, mark] });
    else if (CONTAINER_TAGS.has(tag)) this.frame(node, style);
    else if (STYLE_TAGS.has(tag)) this.writeWithLoss('look', children, style);
    else if (/^h[1-6]$/.test(tag)) this.heading(Number(tag[1]), children);
    else this.special(node, style);
  }

  private special(node: MarkupElement, style: Style): void {
    const { attributes, children } = node;
    const { words } = this.options;
    const kind = CANONICAL_TAGS[node.tag] ?? 'unknown';
    if (kind === 'plain') {
      this.paragraph();
      this.text(textOf(children), style);
      this.paragraph();
    } else if (kind === 'line-break') this.text('\n', style);
    else if (kind === 'rule') this.block('---');
    else if (kind === 'link') this.link(node, style);
    else if (kind === 'image' || kind === 'file' || kind === 'poll')
      this.note(kind, words[kind] + described(attributes.alt), style);
    else if (kind === 'code') this.text(codeSpan(textOf(children)), style, true);
    else if (kind === 'code-block') this.block(codeBlock(textOf(children), attributes));
    else if (kind === 'quote') this.quote(children, authorOf(attributes));
    else if (kind === 'spoiler') this.spoiler(node);
    else if (kind === 'list') this.list(node);
    else if (kind === 'table') this.table(children);
    else if (kind === 'media') this.media(node, style);
    else this.writeWithLoss('unknown-markup', children, style);
  }

  private text(text: string, { marks, href }: Style, raw = false): void {
    if (text !== '') this.runs.push({ text, marks, href, raw });
  }

  private writeWithLoss(what: string, children: readonly MarkupNode[], style: Style): void {
    this.losses.push(what);
    this.all(children, style);
  }

  private note(what: string, words: string, style: Style): void {
    this.losses.push(what);
    this.text(words, style);
  }

  private frame({ tag, children }: MarkupElement, style: Style): void {
    if (tag === 'p') this.paragraph();
    this.all(children, style);
    if (tag === 'p') this.paragraph();
  }

  private link({ attributes, children }: MarkupElement, style: Style): void {
    const given = (
      attributes.value ??
      attributes.url ??
      attributes.href ??
      textOf(children)
    ).trim();
    const href = /^www\./i.test(given) ? `http://${given}` : given;
    const within = children.length === 0 ? [given] : children;
    if (ALLOWED_LINK.test(href)) this.all(within, { ...style, href });
    else this.writeWithLoss('link', within, style);
  }

  private media({ attributes, children }: MarkupElement, style: Style): void {
    const { url, src, value, id } = attributes;
    const href = [url, src, textOf(children), value].find((each) =>
      ALLOWED_LINK.test(each?.trim() ?? ''),
    );
    this.losses.push('media');
    if (href !== undefined) this.text(href.trim(), { ...style, href: href.trim() });
    else this.all(children.length > 0 ? children : [id ?? value ?? ''], style);
  }

  private heading(level: number, children: readonly MarkupNode[]): void {
    const text = this.renderChildren(children).replace(/(?<!\s)\s*\n\s*/g, ' ');
    if (text !== '') this.block(`${'#'.repeat(level)} ${text}`);
  }

  private quote(children: readonly MarkupNode[], author: string | null): void {
    const attribution = author === null ? [] : [plainWords(this.options.words.wrote(author))];
    this.indented([...attribution, ...children], '> ', '> ', 1);
  }

  private spoiler({ attributes, children, tag }: MarkupElement): void {
    this.losses.push('spoiler');
    const title = attributes.value ?? attributes.title ?? '';
    const label = tag === 'details' && title !== '' ? title : this.options.words.spoiler;
    this.indented([plainWords(label), ...children], '> ', '> ', 1);
  }

  private list(node: MarkupElement): void {
    const type = node.attributes.type ?? node.attributes.value ?? '';
    const ordered = /^(?:ol|olist)$/.test(node.tag) || (node.tag === 'list' && ORDERED.test(type));
    const outside: MarkupNode[] = [];
    const items = node.children.flatMap((child) => {
      if (typeof child !== 'string' && (child.tag === 'li' || child.tag === '*')) return [child];
      if (typeof child !== 'string' || child.trim() !== '') outside.push(child);
      return [];
    });
    this.paragraph();
    if (outside.length > 0) {
      this.all(outside, { marks: [], href: null });
      this.paragraph();
    }
    // Alternates list markers, so that adjacent lists are not merged.
    const bullet = this.lists % 2 === 0 ? '-' : '*';
    const point = this.lists % 2 === 0 ? '.' : ')';
    this.lists += 1;
    const first = Number(/^\d{1,8}$/.exec(node.attributes.start ?? '')?.[0] ?? 1);
    const all = items.map(({ children }, index) => {
      const sign = ordered ? `${first + index}${point} ` : `${bullet} `;
      return this.framed(children, sign, ' '.repeat(sign.length), 2);
    });
    const kept = all.filter((item) => item !== '');
    if (kept.length > 0)
      this.blocks.push(kept.join(kept.some((item) => /\n\n/.test(item)) ? '\n\n' : '\n'));
  }

  private table(children: readonly MarkupNode[]): void {
    this.losses.push('table');
    for (const row of rowsOf(children)) {
      const cells = row.map((cell) => this.renderChildren(cell.children).replace(/\s+/g, ' '));
      this.block(cells.join(' | '));
    }
  }

  /** Renders children as a separate text. */
  private renderChildren(children: readonly MarkupNode[], deeper = 0): string {
    const writer = new Writer(this.options, this.losses, this.depth + deeper);
    writer.all(children, { marks: [], href: null });
    return writer.end();
  }

  private indented(children: readonly MarkupNode[], first: string, rest: string, by: number): void {
    const text = this.framed(children, first, rest, by);
    this.paragraph();
    if (text !== '') this.blocks.push(text);
  }

  private framed(
    children: readonly MarkupNode[],
    first: string,
    rest: string,
    deeper: number,
  ): string {
    const text = this.renderChildren(children, deeper);
    if (text === '' || this.depth + deeper > DEEPEST) return text;
    const lines = text.split('\n');
    return lines
      .map((line, index) =>
        index === 0 ? first + line : line === '' ? rest.trimEnd() : rest + line,
      )
      .join('\n');
  }

  private block(text: string): void {
    this.paragraph();
    this.blocks.push(text);
  }

  /** Ends the paragraph; blank lines within do so as well. */
  private paragraph(): void {
    const { runs } = this;
    this.runs = [];
    if (runs.length === 0) return;
    const text = inlineMarkdown(runs);
    if (this.options.markdown === true) {
      const trimmed = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
      if (trimmed !== '') this.blocks.push(trimmed);
      return;
    }
    for (const part of text.split(/\n(?:[ \t]*\n)+/)) {
      const trimmed = part
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
        .trim();
      if (trimmed !== '') this.blocks.push(trimmed);
    }
  }
}

/** A paragraph of our own text, which must be escaped. */
function plainWords(words: string): MarkupElement {
  return element('plain', [words]);
}
