import { loadPatterns } from './pattern-data.js';
import type { NormalizedText } from './normalized-text.js';

const patterns = loadPatterns(new URL('./detection.json', import.meta.url));

export const DETAIL_KINDS = [
  'phone',
  'mail',
  'address',
  'handle',
  'link',
  'person',
  'own-name',
  'plate',
  'whereabouts',
  'meeting',
  'birth',
  'number',
  'bank',
] as const;
export type DetailKind = (typeof DETAIL_KINDS)[number];

/** A place in a text that reveals who or where somebody is. */
export interface Detail {
  readonly kind: DetailKind;
  readonly span: readonly [number, number];
  /** Name of the rule that found it. */
  readonly why: string;
  /** Whether it belongs to somebody other than the author. */
  readonly of: 'self' | 'other';
}

export type Detector = (flat: NormalizedText) => Detail[];

const OTHERS = patterns.regExp('others');
const OWN = /\b(?:my|me|mine|i|i'm|im)\b/;

/** Whose detail it is, by the words before it: "her number is", "call me on". */
export function ownerOf(lead: string): Detail['of'] {
  const words = lead.toLowerCase();
  const others = words.search(OTHERS);
  return others >= 0 && !OWN.test(words.slice(others).replace(/\bmy\s+\w+'s\b/g, ''))
    ? 'other'
    : 'self';
}

/** Matches of a pattern with their positions; the pattern must be global. */
export function* matches(
  pattern: RegExp,
  text: string,
): Generator<{ from: number; to: number; match: RegExpExecArray; said: string }> {
  // Most patterns match nothing, and `matchAll` copies the pattern.
  if (text.search(pattern) < 0) return;
  for (const match of text.matchAll(pattern))
    yield { from: match.index, to: match.index + match[0].length, match, said: match[0] };
}
