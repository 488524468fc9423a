import { loadPatterns } from './pattern-data.js';
import { contextWindow, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import {
  FULL,
  FUNCTION_WORDS,
  isPublicFigure,
  isFirst,
  isVerb,
  NOT_LAST,
  RENOWN,
} from './person-names.js';

const patterns = loadPatterns(new URL('./people-with-place.json', import.meta.url), { full: FULL });

const NAMED = patterns.regExp('named');
const SMALL = patterns.regExp('small');

const WARD = patterns.regExp('ward');
const THEN = patterns.regExp('then');
const SMALL_THEN = patterns.regExp('smallThen');
const TOLD = patterns.regExp('told');

/**
 * Finds full names followed by where the person can be found, also in the next sentence, and names
 * in lower case.
 */
export function peopleWithPlace({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, match } of matches(NAMED, text)) {
    const [, first = '', last = ''] = match;
    if (!isFirst(first) || NOT_LAST.has(last) || NOT_LAST.has(first) || isPublicFigure(first, last))
      continue;
    const lead = before(text, from, 60);
    const tail = text.slice(to, to + 110).split('\n')[0] ?? '';
    const round = `${lead} ${tail}`.toLowerCase();
    if (RENOWN.test(round) || TOLD.test(round) || /\b(?:St|Saint|the|The|a|an)\.? $/.test(lead))
      continue;
    if (WARD.test(tail) || THEN.test(tail))
      details.push({ kind: 'person', span: [from, to], why: 'placed', of: 'other' });
  }
  for (const { from, to, match, said } of matches(SMALL, lower)) {
    const [, first = '', last = ''] = match;
    if (
      text.slice(from, to) !== said ||
      !isFirst(first) ||
      FUNCTION_WORDS.has(last) ||
      isVerb(last) ||
      isPublicFigure(first, last) ||
      /\bmy $/.test(lower.slice(Math.max(0, from - 4), from))
    )
      continue;
    if (
      !TOLD.test(contextWindow(lower, from, to)) &&
      !RENOWN.test(contextWindow(lower, from, to)) &&
      SMALL_THEN.test(lower.slice(to, to + 60))
    )
      details.push({
        kind: 'person',
        span: [to - first.length - last.length - 1, to],
        why: 'placed',
        of: 'other',
      });
  }
  return details;
}
