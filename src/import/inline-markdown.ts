import { escapeInline, escapeLineStart } from './markdown-escape.js';

export type Mark = 'b' | 'i' | 's';

/** A run of text with the same formatting. */
export interface Run {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The link target. */
  readonly href: string | null;
  /** The text is already Markdown, or code, and must not be escaped. */
  readonly raw: boolean;
}

const WORD = /[\p{L}\p{N}]/u;
const CLOSING = /(?<![^\p{L}\p{N}\s])[^\p{L}\p{N}\s]+$/u;
const OPENING = /^[^\p{L}\p{N}\s]+/u;
const ORDER: readonly Mark[] = ['b', 'i', 's'];

/**
 * Renders the runs of one paragraph as Markdown. Emphasis is closed and reopened at line breaks and
 * never starts or ends with a space, because Markdown would then display the asterisks.
 */
export function inlineMarkdown(runs: readonly Run[]): string {
  return lines(runs)
    .map((line) => renderLine(line))
    .join('\n');
}

function lines(runs: readonly Run[]): Run[][] {
  const all: Run[][] = [[]];
  for (const run of runs) {
    for (const [index, text] of run.text.split('\n').entries()) {
      if (index > 0) all.push([]);
      if (text !== '') all.at(-1)?.push({ ...run, text });
    }
  }
  return all;
}

function renderLine(line: readonly Run[]): string {
  const merged = mergeRuns(line);
  let out = '';
  for (const [index, run] of merged.entries()) {
    const [before, after] = [
      merged[index - 1]?.text.at(-1) ?? '',
      merged[index + 1]?.text[0] ?? '',
    ];
    out += marked(run, before, after);
  }
  return merged[0]?.raw === true ? out : escapeLineStart(out);
}

/** Merges adjacent runs with the same formatting, to avoid `**a****b**`. */
function mergeRuns(line: readonly Run[]): Run[] {
  const all: Run[] = [];
  for (const run of line) {
    const last = all.at(-1);
    if (last !== undefined && look(last) === look(run))
      all[all.length - 1] = { ...last, text: last.text + run.text };
    else all.push(run);
  }
  return all;
}

function look({ marks, href, raw }: Run): string {
  return `${marksOf(marks).join('')} ${raw} ${href}`;
}

function marksOf(marks: readonly Mark[]): Mark[] {
  return ORDER.filter((mark) => marks.includes(mark));
}

/** @param before the character before the run; @param after the character after it */
function marked(run: Run, before: string, after: string): string {
  const marks = marksOf(run.marks);
  if (marks.length === 0 && run.href === null) return escapedText(run);
  let core = run.text.trim();
  if (core === '') return run.text;
  const start = run.text.indexOf(core);
  let lead = run.text.slice(0, start);
  let tail = run.text.slice(start + core.length);
  if (run.href === null && !run.raw) {
    // Next to a letter, emphasis can only open or close against another letter.
    const opening = lead === '' && WORD.test(before) ? (OPENING.exec(core)?.[0] ?? '') : '';
    core = core.slice(opening.length);
    const closing = tail === '' && WORD.test(after) ? (CLOSING.exec(core)?.[0] ?? '') : '';
    core = core.slice(0, core.length - closing.length);
    lead += opening;
    tail = closing + tail;
    if (core === '') return escapeInline(run.text);
  }
  const inWord = (lead === '' && WORD.test(before)) || (tail === '' && WORD.test(after));
  const alone = marks.length === 0 && !inWord && (tail !== '' || !/[^\s.,;]/.test(after));
  const signs = { b: '**', i: inWord ? '*' : '_', s: '~~' };
  const open = marks.map((mark) => signs[mark]).join('');
  const close = [...marks]
    .reverse()
    .map((mark) => signs[mark])
    .join('');
  const inner = run.href === null ? escapedText({ ...run, text: core }) : link(core, run, alone);
  return `${escapeInline(lead)}${open}${inner}${close}${escapeInline(tail)}`;
}

function escapedText({ text, raw }: Run): string {
  return raw ? text : escapeInline(text);
}

/** A URL that is autolinked, and that ends with the text. */
const BARE = /^https?:\/\/[^\s<>"[\]()*]+[\p{L}\p{N}/]$/u;

function link(text: string, run: Run, alone: boolean): string {
  const href = run.href ?? '';
  if (alone && text === href && BARE.test(href)) return href;
  const label = run.raw ? text : escapeInline(text, true);
  const target = href.replace(/[\s<>()\\]/g, (sign) =>
    sign === '(' ? '%28' : sign === ')' ? '%29' : encodeURIComponent(sign),
  );
  return `[${label}](${target})`;
}
