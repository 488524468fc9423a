export interface Span {
  readonly from: number;
  readonly to: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Ranges of code in Markdown, both fenced blocks and inline spans. Sorted, without overlap. */
export function codeSpans(text: string): Span[] {
  const spans: Span[] = [];
  let fence: { from: number; sign: string } | null = null;
  let at = 0;
  for (const line of text.split('\n')) {
    const [, sign = ''] = FENCE.exec(line) ?? [];
    if (fence !== null) {
      if (sign.startsWith(fence.sign) && line.trim() === sign) {
        spans.push({ from: fence.from, to: at + line.length });
        fence = null;
      }
    } else if (sign !== '') fence = { from: at, sign };
    else spans.push(...spansOfLine(line, at));
    at += line.length + 1;
  }
  if (fence !== null) spans.push({ from: fence.from, to: text.length });
  return spans;
}

/** An inline span extends from a run of backticks to the next run of the same length. */
function spansOfLine(line: string, offset: number): Span[] {
  if (!line.includes('`')) return [];
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }));
  const later = new Map<number, number>();
  const next: number[] = [];
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const length = runs[at]?.length ?? 0;
    next[at] = later.get(length) ?? -1;
    later.set(length, at);
  }
  const spans: Span[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const [first, last] = [runs[at], runs[next[at] ?? -1]];
    if (first === undefined || last === undefined) continue;
    spans.push({ from: offset + first.index, to: offset + last.index + last.length });
    at = next[at] ?? at;
  }
  return spans;
}
