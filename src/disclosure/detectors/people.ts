import { after, contextWindow, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { loadPatterns } from './pattern-data.js';
import {
  CAP,
  FULL,
  FUNCTION_WORDS,
  isPublicFigure,
  isFamousName,
  isFirst,
  isFirstName,
  isVerb,
  nameLength,
  NOT_LAST,
  RENOWN,
} from './person-names.js';

const patterns = loadPatterns(new URL('./people.json', import.meta.url), { cap: CAP, full: FULL });
const RELATED = patterns.regExp('related');
const TITLED = patterns.regExp('titled');
const NAMED = patterns.regExp('named');
const SMALL = patterns.regExp('small');
const CHILD = patterns.regExp('child');
const PLACE = patterns.regExp('place');
const AT_NAMED = patterns.regExp('atNamed');
const AT_SCHOOL = patterns.regExp('atSchool');
const SMALL_AT_PLACE = patterns.regExp('smallAtPlace');
const ANIMALS = patterns.regExp('animals');
const ROLE_AFTER = patterns.regExp('roleAfter');
const PLACE_AFTER = patterns.regExp('placeAfter');
const NAMED_BEFORE = patterns.regExp('namedBefore');

/** Finds full names of others, with what connects them to a place or the author. */
export function people(flat: NormalizedText): Detail[] {
  const { text, lower } = flat;
  const details: Detail[] = [];
  const put = (from: number, to: number, why: string): void =>
    void details.push({ kind: 'person', span: [from, to], why, of: 'other' });
  for (const { from, to, match } of matches(RELATED, text)) {
    const [, first = '', last = ''] = match;
    const loose = /^(?:the|an?|The|An?) /.test(match[0]) && !/called|named/.test(match[0]);
    if (
      NOT_LAST.has(first) ||
      NOT_LAST.has(last) ||
      isPublicFigure(first, last) ||
      (!isFirst(first) && loose)
    )
      continue;
    if (loose && RENOWN.test(contextWindow(lower, from, to))) continue;
    put(to - nameLength(match[0], first), to, 'related');
  }
  for (const { from, to, match } of matches(TITLED, text)) {
    const [said, first = '', last] = match;
    const round = contextWindow(lower, from, to);
    if (
      RENOWN.test(round) ||
      NOT_LAST.has(first) ||
      isPublicFigure(first, last ?? '') ||
      isFamousName(said.replace(/\./g, ''))
    )
      continue;
    const tail = after(text, to, 80);
    const tied =
      PLACE.test(tail.toLowerCase()) || AT_NAMED.test(tail) || PLACE.test(before(lower, from, 60));
    const full = last !== undefined && !NOT_LAST.has(last);
    if (
      full
        ? tied || /\b(?:my|his|her|our|their|me|saw|see|seeing)\b/.test(round)
        : AT_NAMED.test(tail.slice(0, 45)) && PLACE.test(tail.toLowerCase())
    )
      put(from, to, 'titled');
  }
  for (const { from, to, match } of matches(NAMED, text)) {
    const [, first = '', last = ''] = match;
    if (!isFirst(first) || NOT_LAST.has(last) || isPublicFigure(first, last)) continue;
    const tail = after(text, to, 70);
    const lead = before(text, from, 60);
    if (
      RENOWN.test(contextWindow(lower, from, to)) ||
      /\b(?:St|Saint|Mount|Lake|Port|San|Santa|the|The|a|an)\.? $/.test(lead) ||
      !tied(tail, lead)
    )
      continue;
    put(from, to, 'placed');
  }
  for (const { to, match } of matches(CHILD, text)) {
    if (AT_SCHOOL.test(text.slice(to, to + 90))) put(to - (match[1] ?? '').length, to, 'child');
  }
  for (const { from, to, match } of matches(SMALL, lower)) {
    const [, first = '', last = ''] = match;
    // "called Roy listened" is a name and a verb: authors who omit capitals omit them in both
    // names.
    if (
      text.slice(from, to).slice(-last.length - 1 - first.length) !== `${first} ${last}` ||
      isVerb(last) ||
      !isFirstName(first) ||
      FUNCTION_WORDS.has(last) ||
      isPublicFigure(first, last)
    )
      continue;
    const called = /called|named|name (?:is|was)/.test(match[0]);
    if (called || SMALL_AT_PLACE.test(lower.slice(to, to + 24)))
      put(to - first.length - last.length - 1, to, 'related');
  }
  return details;
}

function tied(tail: string, lead: string): boolean {
  if (ANIMALS.test(lead)) return false;
  const next = tail.slice(0, 45);
  if (ROLE_AFTER.test(tail) && (/[A-Z]/.test(tail.slice(3)) || /\b(?:my|our)\b/.test(tail)))
    return true;
  if (PLACE_AFTER.test(next)) return true;
  if (/, $/.test(lead) && /\b(?:my|our)\b/.test(lead) && /^,/.test(tail)) return true;
  if (/\bmy (?:\w+ )?name(?: is|'s|:| was) $/i.test(lead)) return false;
  return NAMED_BEFORE.test(lead);
}
