import type { Signal } from '../../triage/risk.js';

export interface Piece {
  readonly text: string;
  /** Why this part was marked; null for the unmarked text between. */
  readonly why: string | null;
}

/**
 * Splits a text into marked and unmarked parts. Overlapping marks are merged; marks past the end of
 * the text (after an edit) are dropped.
 * @param spoken the words of a signal's reason
 */
export function splitHighlights(
  text: string,
  signals: readonly Signal[],
  spoken: (signal: Signal) => string,
): Piece[] {
  const spans = signals
    .map((signal) => ({ from: signal.span[0], to: signal.span[1], why: spoken(signal) }))
    .filter(({ from, to }) => from >= 0 && from < to && to <= text.length)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: { from: number; to: number; why: string[] }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last === undefined || span.from >= last.to)
      merged.push({ from: span.from, to: span.to, why: [span.why] });
    else {
      last.to = Math.max(last.to, span.to);
      if (!last.why.includes(span.why)) last.why.push(span.why);
    }
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, why } of merged) {
    if (from > at) pieces.push({ text: text.slice(at, from), why: null });
    pieces.push({ text: text.slice(from, to), why: why.join('; ') });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), why: null });
  return pieces;
}
