import { loadPatterns } from './pattern-data.js';
import { after, contextWindow, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';

const data = loadPatterns(new URL('./addresses.json', import.meta.url));

export const STREET = data.source('street');
const STREETS = STREET.slice('(?:'.length, -1).split('|');
const ALSO_PLAIN_WORDS = data.words('alsoPlainWords');
const capital = (word: string): string => word.charAt(0).toUpperCase();

const patterns = data.with({
  capitalStreet: STREETS.map((word) => `[${capital(word)}${word.charAt(0)}]${word.slice(1)}`).join(
    '|',
  ),
  homeStreet: STREETS.filter((word) => word.length > 3 && !ALSO_PLAIN_WORDS.has(word))
    .map((word) => `${capital(word)}${word.slice(1)}|${word}`)
    .join('|'),
});
const LIVING = patterns.regExp('living');

const NUMBERED = patterns.regExp('numbered');
const LOWERED = patterns.regExp('lowered');
const THE_HOUSE = patterns.regExp('theHouse');
const NUMBER_AFTER = patterns.regExp('numberAfter');
const HOUSE_CALLED = patterns.regExp('houseCalled');
const CARE_OF = patterns.regExp('careOf');
const GERMAN = patterns.regExp('german');
const ROMANCE = patterns.regExp('romance');

const AREAS = patterns.words('areas');
const UK = patterns.regExp('uk');
const CANADA = patterns.regExp('canada');
const EIRCODE = patterns.regExp('eircode');
const STATE_ZIP = patterns.regExp('stateZip');
const AUSTRALIA = patterns.regExp('australia');
const LABELLED = patterns.regExp('labelled');
const GERMAN_TOWN = patterns.regExp('germanTown');
const HOME = patterns.regExp('home');
const HALL = patterns.regExp('hall');
const BOX = /\bp\.?\s?o\.?\s?box\s#?\d{1,6}\b/g;

const UNITS = patterns.regExp('units');
const FAMOUS = patterns.regExp('famous');
const OFFICES = patterns.regExp('offices');
const MINE = /\b(?:our|i|i'm|im|my|me|we|he|she|his|her|him|ex)\b/;

/** Finds street addresses with a number, and postcodes. */
export function addresses(flat: NormalizedText): Detail[] {
  const { text, lower } = flat;
  const details: Detail[] = [];
  const put = (from: number, to: number, why: string): void => {
    const round = contextWindow(lower, from, to, 80);
    if (OFFICES.test(before(lower, from, 80)) && !MINE.test(round)) return;
    details.push({ kind: 'address', span: [from, to], why, of: ownerOf(before(text, from, 60)) });
  };
  if (flat.hasDigit) withDigits(flat, put);
  for (const { from, to } of matches(HOUSE_CALLED, text)) put(from, to, 'street');
  for (const { from, to, match } of matches(HOME, text)) {
    const named = match[1] ?? '';
    if (/[A-Z]/.test(named.replace(/^(?:The|My) /, '').charAt(0)) || /\d/.test(named))
      if (!FAMOUS.test(named.toLowerCase())) put(from, to, 'home');
  }
  return details;
}

/** Finds the addresses that contain a digit. */
function withDigits(
  { text, lower }: NormalizedText,
  put: (from: number, to: number, why: string) => void,
): void {
  for (const { from, to, said } of matches(NUMBERED, text))
    if (
      !FAMOUS.test(said.toLowerCase()) &&
      !/\b(?:Chapter|Season|Page|Step)\b/.test(said) &&
      !/\b(?:page|chapter|track|song)\s$/.test(before(lower, from, 10))
    )
      put(from, to, 'street');
  for (const { from, to, said } of matches(LOWERED, lower))
    if (
      !UNITS.test(said) &&
      !FAMOUS.test(said) &&
      (text.slice(from, to) === said ? lowerStreet(lower, from, to) : false)
    )
      put(from, to, 'street');
  for (const { from, to, match } of matches(THE_HOUSE, text))
    if (match[1] !== undefined || LIVING.test(before(lower, from, 60))) put(from, to, 'street');
  for (const pattern of [NUMBER_AFTER, CARE_OF, GERMAN, ROMANCE])
    for (const { from, to } of matches(pattern, text)) put(from, to, 'street');
  for (const { from, to, match } of matches(UK, text))
    if (isPostcode(match[0], match[1] ?? '', match[3] ?? '', lower, from))
      put(from, to, 'postcode');
  for (const { from, to, said } of matches(CANADA, text))
    if (said === said.toUpperCase() || /post|zip|live|address/.test(before(lower, from, 50)))
      put(from, to, 'postcode');
  for (const pattern of [EIRCODE, STATE_ZIP, AUSTRALIA, GERMAN_TOWN])
    for (const { from, to } of matches(pattern, text)) put(from, to, 'postcode');
  for (const { from, to, match } of matches(LABELLED, lower))
    if ((match[1] ?? '').replace(/\s/g, '').length >= 4) put(from, to, 'postcode');
  for (const { from, to } of matches(HALL, text))
    if (
      !/\b(?:ward|class|lecture|meeting|seminar|course|exam)\b/.test(
        contextWindow(lower, from, to, 50),
      ) &&
      MINE.test(contextWindow(lower, from, to, 60))
    )
      put(from, to, 'room');
  for (const { from, to } of matches(BOX, lower))
    if (/\b(?:my|me|i)\b/.test(before(lower, from, 60))) put(from, to, 'box');
}

// In lower case, a number and a street count as an address only if somebody lives, sends something
// or comes there.
function lowerStreet(lower: string, from: number, to: number): boolean {
  return (
    LIVING.test(before(lower, from, 60)) ||
    /^,? (?:[a-z]+,? )?[a-z]{1,2}\d/.test(after(lower, to, 30)) ||
    from === 0
  );
}

function isPostcode(
  said: string,
  area: string,
  inward: string,
  lower: string,
  from: number,
): boolean {
  if (!AREAS.has(area.toUpperCase()) || /^(?:st|nd|rd|th|pm|am)$/i.test(inward)) return false;
  if (said === said.toUpperCase() && /[A-Z]{2}$/.test(said))
    return (
      !/\b(?:code|voucher|model|order|ref|flight|zoom|part)\b/.test(before(lower, from, 25)) ||
      /post ?code/.test(before(lower, from, 25))
    );
  return (
    /\s/.test(said) ||
    /\b(?:post ?code|live|address|at|road|street|lane|avenue)\b/.test(before(lower, from, 60))
  );
}
