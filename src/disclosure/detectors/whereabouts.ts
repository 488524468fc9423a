import { loadPatterns } from './pattern-data.js';
import { STREET } from './addresses.js';
import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';

const patterns = loadPatterns(new URL('./whereabouts.json', import.meta.url), { street: STREET });
const SMALL_SPOT = patterns.regExp('smallSpot');

export const NAMES = patterns.source('names');

export const SITE = patterns.source('site');
export const PREPOSITION = patterns.source('preposition');

const HERE = patterns.regExp('here');
const CAPITALS = patterns.regExp('capitals');
const NOW = patterns.regExp('now');
const POINT = patterns.regExp('point');
const THREE_WORDS = /(?<![:/\w])\/\/\/[a-z]{3,20}\.[a-z]{3,20}\.[a-z]{3,20}\b/g;

const MEET = patterns.regExp('meet');
const TIME = patterns.regExp('time');
const CLOCK = patterns.regExp('clock');
const NAMED_SPOT = patterns.regExp('namedSpot');
export const COMMON = patterns.regExp('common');
const WEEK = patterns.regExp('week');

const LOWER_SITE = patterns.regExp('lowerSite');

/** Finds where somebody is while writing, and where and when to meet them. */
export function whereabouts(flat: NormalizedText): Detail[] {
  const { text, lower } = flat;
  const details: Detail[] = [];
  for (const { from, to, match } of matches(HERE, text)) {
    const spot = match[1] ?? '';
    const round = `${before(lower, from, 60)} ${match[0].toLowerCase()} ${after(lower, to, 60)}`;
    if (
      !/[A-Z]/.test(spot) ||
      !NOW.test(round) ||
      /\b(?:dream|film|book|scene|level|imagine|would|if i)\b/.test(round) ||
      !named(spot)
    )
      continue;
    details.push({ kind: 'whereabouts', span: [from, to], why: 'here', of: 'self' });
  }
  for (const { from, to, said } of matches(LOWER_SITE, lower)) {
    if (
      text.slice(from + 4, to) !== said.slice(4) ||
      !/\b(?:right now|now|rn|atm|at the moment|currently)\b/.test(
        `${said} ${after(lower, to, 20)}`,
      )
    )
      continue;
    if (!namedSmall(said)) continue;
    details.push({ kind: 'whereabouts', span: [from, to], why: 'here', of: 'self' });
  }
  for (const { from, to } of matches(CAPITALS, text))
    if (
      !WEEK.test(text.slice(from, to)) &&
      /^,? ?(?:right now|now|at the moment|platform|rn\b|currently)/.test(after(lower, to, 20))
    )
      details.push({ kind: 'whereabouts', span: [from, to], why: 'here', of: 'self' });
  for (const pattern of [POINT, THREE_WORDS])
    for (const { from, to } of matches(pattern, text))
      details.push({ kind: 'whereabouts', span: [from, to], why: 'point', of: 'self' });
  return [...details, ...meetings(flat)];
}

function meetings({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, said } of matches(MEET, lower)) {
    const tail = text.slice(from, from + 140).split('\n')[0] ?? '';
    const lead = before(text, from, 80);
    // "My sister wants to meet" invites nobody here.
    if (said.startsWith('wants') && /\bmy \w+ $/i.test(lead)) continue;
    const small = tail.toLowerCase();
    const strict = /^(?:see you|come|i'll|i will|find me|be waiting|catch me|pick)/.test(said);
    if (
      (!(strict ? CLOCK : TIME).test(small) && !(strict ? CLOCK : TIME).test(lead.toLowerCase())) ||
      COMMON.test(lead.toLowerCase()) ||
      COMMON.test(small)
    )
      continue;
    const spot = [...matches(NAMED_SPOT, tail)].find(
      (each) =>
        !WEEK.test(each.said) &&
        (/[A-Z]/.test(each.said) ||
          /\b(?:station|bridge|park|pub|cafe|library|bus stop|car park|mall|pier)\b/.test(
            each.said,
          )),
    );
    if (spot === undefined) continue;
    const time = TIME.exec(small);
    details.push({
      kind: 'meeting',
      span: [
        from,
        Math.max(to, from + spot.to, time === null ? 0 : from + time.index + time[0].length),
      ],
      why: 'meeting',
      of: 'self',
    });
  }
  return details;
}

const GENERAL = patterns.words('general');

function namedSmall(said: string): boolean {
  const part =
    said
      .split(/[,;:]/)[0]
      ?.replace(/ (?:right now|now|rn|atm|at the moment|currently|and)\b.*$/, '') ?? '';
  const tail = /(?<![a-z' ])[a-z' ]+$/.exec(part)?.[0] ?? '';
  const spot = SMALL_SPOT.exec(tail)?.[1];
  return (
    spot !== undefined &&
    spot
      .split(' ')
      .slice(0, -1)
      .some((word) => !GENERAL.has(word)) &&
    spot.split(' ').length > 1
  );
}

// "at the hospital" is unspecific; "at Leeds General hospital" and "outside the Tesco" are
// specific.
function named(spot: string): boolean {
  const words = spot.replace(/^(?:the|a|my|his|her) /, '').split(' ');
  return (
    words.length > 1 ||
    /^(?:Starbucks|Costa|Premier|Travelodge)/.test(spot) ||
    /^the (?:Tesco|Asda|Sains|Lidl|Aldi|Morr|Co-?op|Wait)/.test(spot)
  );
}
