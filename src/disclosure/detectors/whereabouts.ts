import { STREET } from './addresses.js';
import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';

export const NAMES = String.raw`(?:[A-Z][A-Za-z'&.-]{1,20}|\d{1,3}(?:st|nd|rd|th))`;
const SPOT = String.raw`(?:the |a |my |his |her )?(?:(?:${NAMES}|of|and|the|in|on|at|by) ){0,4}`;
export const SITE = String.raw`(?:[Ss]tation|[Bb]ridge|[Pp]ark|[Hh]ospital|[Ss]chool|[Pp]ub|[Cc]afe|[Cc]hurch|[Ll]ibrary|[Hh]otel|[Hh]ostel|[Ss]hopping [Cc]entre|[Mm]all|[Pp]ier|[Bb]each|[Aa]irport|[Uu]niversity|[Cc]ollege|[Cc]ampus|[Cc]ar [Pp]ark|[Ss]ervices|[Ss]uper[Mm]arket|[Ss]tadium|[Cc]entre|[Cc]enter|[Gg]ym|[Bb]us [Ss]top|[Pp]latform \d{1,2}|[Ww]ard \w{1,3}|A&E|Premier Inn|Travelodge|Starbucks|Costa|Nero|Greggs|McDonald'?s|McDonalds|Tesco|Asda|Sainsbury'?s|Sainsburys|Lidl|Aldi|Morrisons|Co-?op|Waitrose|Walmart|Target|Wetherspoons?|Spoons|Boots|Wal-?[Mm]art|Woolworths|Coles|Subway|KFC|Junction|Cross|Street|Road|Lane|Avenue|Square|Terrace|Hill|Green|Common|Quay|Wharf|Docks?|Tower|Hall|House|Arcade|Market|Gardens)`;
export const PREPOSITION =
  '(?:outside|in front of|next to|opposite|behind|near|by|at|in|on|under|inside|round the back of|around|across from|beside|off)';
const I_AM = String.raw`\b(?:[Ii]'?m|[Ii] am|[Ww]e'?re|[Ss]he'?s|[Hh]e'?s|[Ss]he is|[Hh]e is|[Tt]hey'?re|[Ss]itting|[Ss]tanding|[Ww]aiting|[Pp]arked|[Hh]iding|[Ss]tuck|[Cc]urrently|[Nn]ow|[Ll]ocation:?|[Rr]ight now)`;
const HERE = new RegExp(
  String.raw`${I_AM}(?: (?:just|still|now|currently|all alone|alone|sat|sitting|standing|stood|waiting|walking|hiding|parked|stuck|lying|literally|here|right|writing this|typing this|on my own|outside|staying|at the moment|round)){0,3}(?: (?:on|in) (?:the|a|my) [a-z]{3,9})?,? ${PREPOSITION} (${SPOT}${SITE}s?\b(?:,? (?:(?:in|on|at|by|near|off) )?(?:the )?(?:${NAMES} ?){1,3})?)`,
  'g',
);
const CAPITALS = new RegExp(
  String.raw`${I_AM}(?: (?:just|still|sat|standing|waiting|stood|parked))? (?:at|outside|near|by|opposite) (?:the )?[A-Z][a-z'-]{2,20}(?: [A-Z][a-z'-]{2,20}){1,3}`,
  'g',
);
const NOW =
  /\b(?:now|right now|at the moment|atm|currently|as i (?:type|write)|this minute|this second|tonight|rn|still here|come (?:and )?(?:get|find|meet)|for the next|until \d|till \d|waiting|sitting|standing|stood|sat|parked|hiding)\b/;
const POINT =
  /(?<![\d.])-?(?:[1-8]?\d|90)\.\d{3,8}\s?°?\s?[NS]?\s?,\s?-?(?:1[0-7]\d|\d{1,2})\.\d{3,8}(?![\d.])/g;
const THREE_WORDS = /(?<![:/\w])\/\/\/[a-z]{3,20}\.[a-z]{3,20}\.[a-z]{3,20}\b/g;

const MEET =
  /\b(?:(?:wants?|up for|free|anyone|like|love) (?:to )?meet(?:ing)?\b|meet (?:me|us|up|with me|at|outside|by|in|for)|let'?s meet|(?:can|could|want to|wanna|fancy|happy to|able to|going to|gonna|will|i'll|we'll|shall we|come and|come) meet|see you (?:all )?(?:at|outside|by|in|there)|meeting up|meet-?up|come (?:to|over to|round to|find me|along to)|i'll (?:be|wait)|i will be|find me|be waiting|catch me|pick me up|picking me up)\b/g;
const TIME =
  /\b(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m|p\.m|o'?clock)|\d{1,2}[:.]\d\d\b|(?:half|quarter) (?:past|to) \w+|noon|midday|midnight|at (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|tomorrow|tonight|this (?:afternoon|evening|morning|weekend|friday|saturday|sunday|monday|tuesday|wednesday|thursday)|(?:on |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|after (?:work|school|college|lectures))\b/;
const CLOCK =
  /\b(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m|p\.m|o'?clock)|\d{1,2}[:.]\d\d\b|(?:half|quarter) (?:past|to)|noon|midday|midnight|at (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)/;
const NAMED_SPOT = new RegExp(
  String.raw`\b(?:${PREPOSITION}|to|from) (?:the |my |a )?(?:(?:${NAMES}|big|main|old|little|of|and|the) ){0,4}(?:${SITE}|${NAMES}\b(?: (?:on|in|by|near|at) (?:the )?${NAMES})?)`,
  'g',
);
export const COMMON =
  /\b(?:the group|support group|meetings?|sessions? (?:is|are|run)|runs? (?:every|on)|every (?:week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|open to (?:all|anyone)|appointment|therapist|counsellor|my (?:gp|doctor|nurse|psychiatrist|key ?worker|cpn)|crisis team|a&e|walk-in|film|book|chapter|series|course|class|exam|interview)\b/;
const WEEK =
  /^(?:\S+ ){1,3}(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^\S+ (?:Christmas|Easter|January|February|March|April|May|June|July|August|September|October|November|December|GMT|BST|Zoom|Teams|Skype|Discord|I)\b/;

const LOWER_SITE = new RegExp(
  String.raw`\b(?:i'?m|i am|we'?re) (?:just |still |now |currently |sat |sitting |standing |stood |waiting |parked |right |here |hiding |alone ){0,3}(?:outside|in front of|opposite|behind|next to|near|by|at|on|in|under) (?:the )?(?:[a-z']{2,16} ){1,3}(?:station|bridge|park|hospital|school|${STREET})\b[^.!?\n]{0,30}`,
  'g',
);

/** Where somebody is as they write, and where and when to meet them. */
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
    // "My sister wants to meet" asks nobody here.
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

const GENERAL = new Set(
  'the a my this that our his her any some end way other local train bus in on of work high middle primary secondary same car wrong right road to edge main old big new little small front back side corner and for from underground tube metro nearest closest town city village mental general police fire petrol railway shopping'.split(
    ' ',
  ),
);

function namedSmall(said: string): boolean {
  const part =
    said
      .split(/[,;:]/)[0]
      ?.replace(/ (?:right now|now|rn|atm|at the moment|currently|and)\b.*$/, '') ?? '';
  const tail = /(?<![a-z' ])[a-z' ]+$/.exec(part)?.[0] ?? '';
  const spot =
    /(?:outside|in front of|opposite|behind|next to|near|by|at|on|in|under) (?:the )?([a-z' ]+)/.exec(
      tail,
    )?.[1];
  return (
    spot !== undefined &&
    spot
      .split(' ')
      .slice(0, -1)
      .some((word) => !GENERAL.has(word)) &&
    spot.split(' ').length > 1
  );
}

// "at the hospital" is anywhere; "at Leeds General hospital", "outside the Tesco" are somewhere.
function named(spot: string): boolean {
  const words = spot.replace(/^(?:the|a|my|his|her) /, '').split(' ');
  return (
    words.length > 1 ||
    /^(?:Starbucks|Costa|Premier|Travelodge)/.test(spot) ||
    /^the (?:Tesco|Asda|Sains|Lidl|Aldi|Morr|Co-?op|Wait)/.test(spot)
  );
}
