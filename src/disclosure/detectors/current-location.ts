import { loadPatterns } from './pattern-data.js';
import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { SITE } from './whereabouts.js';

const patterns = loadPatterns(new URL('./current-location.json', import.meta.url), { site: SITE });
const SITE_PLACE = patterns.regExp('sitePlace');
const GENERIC_PLACE = patterns.regExp('genericPlace');
const GENERAL_WORD = patterns.regExp('generalWord');
const STAYING = patterns.regExp('staying');

const NESTED = patterns.regExp('nested');
const ELLIPTIC = patterns.regExp('elliptic');
const ROOM = patterns.regExp('room');
const MY_PLACE = patterns.regExp('myPlace');
const WARD = patterns.regExp('ward');
const LOWERED = patterns.regExp('lowered');
const CORNER = patterns.regExp('corner');
const NTH = patterns.regExp('nth');
const PAST = patterns.regExp('past');
const DOORS = patterns.regExp('doors');

/**
 * Finds where somebody is while writing, expressed without a verb or in two steps, and where they
 * can be found at home.
 */
export function currentLocation({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  const put = (from: number, to: number, why: string): void =>
    void details.push({ kind: 'whereabouts', span: [from, to], why, of: 'self' });
  const lasting = (from: number, to: number): boolean =>
    !PAST.test(`${before(lower, from, 50)} ${lower.slice(from, to)} ${after(lower, to, 40)}`);
  for (const { from, to, match } of matches(NESTED, text))
    if (lasting(from, to) && !GENERAL_WORD.test(match[1] ?? '')) put(from, to, 'nested');
  for (const { from, to, said } of matches(ELLIPTIC, text))
    if (
      lasting(from, to) &&
      (SITE_PLACE.test(said) || GENERIC_PLACE.test(said.toLowerCase())) &&
      !/\b(?:I|we|they|he|she|it|you)\b/.test(said)
    )
      put(from, to, 'elliptic');
  for (const { from, to } of matches(ROOM, text))
    if (lasting(from, to) && STAYING.test(before(lower, from, 30).trimStart()))
      put(from, to, 'room');
  for (const { from, to } of matches(MY_PLACE, lower))
    if (lasting(from, to) && DOORS.test(`${before(lower, from, 50)} ${after(lower, to, 40)}`))
      put(from, to, 'home');
  for (const { from, to } of matches(WARD, text)) if (lasting(from, to)) put(from, to, 'room');
  for (const { from, to } of matches(LOWERED, lower)) put(from, to, 'nested');
  for (const { from, to } of matches(CORNER, text)) if (lasting(from, to)) put(from, to, 'corner');
  for (const { from, to } of matches(NTH, text)) if (lasting(from, to)) put(from, to, 'nth');
  return details;
}
