import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { SITE } from './whereabouts.js';

const AT = '(?:at|in|on|by|outside|behind|opposite|near|next to|inside|under|beside|past)';
const CAPS = String.raw`(?:the )?[A-Z][A-Za-z'&-]+(?: (?:[A-Z&][A-Za-z'&-]*|of|the))*`;
const GENERIC =
  '(?:bus (?:stop|shelter)|bins|tills|shelter|waiting room|park|car park|platform(?: \\d+)?|gate \\d+|bench|steps|toilets|roof|(?:top|ground|first|second|third|\\d\\w\\w) floor|corridor|foyer|lobby|reception|cafe|pub|queue|station|bridge|ward|corner|entrance|stairs|stairwell|playground|woods|field|layby|hotel|hostel)';
const ME = String.raw`(?:[Ii]'?m|[Ii] am|[Ww]e'?re|[Cc]urrently|[Rr]ight now)(?: (?:just|still|now|currently|sat|sitting|standing|stood|waiting|hiding|alone|parked|here)){0,3}`;
/** A place within a named place: "in the waiting room at Royal Derby A&E". */
const NESTED = new RegExp(
  String.raw`\b${ME} ${AT} (?:the |a )?(?:[a-z]+ )?${GENERIC} (?:(?:of|by|at|near|under|behind) the [a-z]+ ){0,2}(?:of |by |in |at |near |outside |opposite |behind |next to |on )(?:the )?(?:${CAPS}|(?:lidl|aldi|asda|tesco|greggs|boots|costa|mcdonald'?s|primark|morrisons|sainsbury'?s) in [a-z]{3,}|(?:st )?([a-z]{3,14}) (?:church|station|airport|hospital|park|bridge|library|school|college|road|street))`,
  'g',
);
/** Nobody is named, yet somebody sits there now. */
const ELLIPTIC = new RegExp(
  String.raw`(?:^|[.!?\n]\s{0,2})(?:[Ss]at |[Ss]itting |[Ss]tood |[Ss]tanding |[Ww]aiting |[Pp]arked |[Hh]iding |[Ss]tuck )?(?:[Aa]t|[Ii]n|[Oo]n|[Bb]y|[Oo]utside|[Bb]ehind|[Oo]pposite|[Nn]ear|[Uu]nder) (?:the |a )?(?:[a-z0-9]+ ){0,7}${CAPS}[^.!?\n]{0,30}\b(?:now|rn|atm|right now|at the moment|currently)\b`,
  'g',
);
const ROOM = new RegExp(
  String.raw`\b(?:[Rr]oom|[Rr]m|[Pp]itch|[Cc]abin|[Bb]ay \d+,? [Ww]ard|[Ww]ard) \d{1,4},? (?:of|in|at) (?:the )?(?:[A-Z][A-Za-z'&]+|travelodge|premier inn|holiday inn|ibis)`,
  'g',
);
const MY_PLACE =
  /\b(?:flats?|house|door|place|building|block|bungalow|caravan) (?:is |the one |right |just ){0,3}(?:behind|opposite|next to|above|over|beside|across from|by|on the corner of) (?:the )?(?!ours?\b|mine|theirs|him|her|them|the\b)[a-z][a-z'-]{2,}/g;
const CORNER =
  /\b(?:[Hh]ouse|[Ff]lat|[Bb]ungalow|[Ss]hop|[Ff]lats)\b[^.!?\n]{0,12} on the corner of [A-Z][a-z]+(?: [A-Z][a-z]+)? and [A-Z][a-z]+/g;
const NTH = new RegExp(
  String.raw`\b(?:[Ii]'?m|[Ww]e'?re|[Ii]t'?s|[Ii]ts) (?:in |at |on )?the (?:first|second|third|fourth|fifth|last|end|[a-z]{3,6}) (?:caravan|tent|house|door|flat|table|bench|car|van|bungalow|cottage|lodge)\b[^.!?\n]{0,25} ${AT} ${CAPS}`,
  'g',
);
const PAST =
  /\b(?:was|were|had|went|used to|yesterday|last (?:week|night|year|month)|once|when i|if i|imagine|dream\w*|film|book|scene|every|usually|often|always|stayed|hate|hated|wish|would|feel|felt|remember|miss)\b/;
const DOORS =
  /\b(?:buzz(?:er)?|ring the bell|door ?code|come to mine|come over|come round|i live|we live|is mine|my house|our house|(?:my|our|the) flats?|its the|it's the|flat \d|\d+[a-z]?$)/;

/**
 * Where somebody is as they write, said without a verb or in two steps, and where they are found at
 * home.
 */
export function currentLocation({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  const put = (from: number, to: number, why: string): void =>
    void details.push({ kind: 'whereabouts', span: [from, to], why, of: 'self' });
  const lasting = (from: number, to: number): boolean =>
    !PAST.test(`${before(lower, from, 50)} ${lower.slice(from, to)} ${after(lower, to, 40)}`);
  for (const { from, to, match } of matches(NESTED, text))
    if (
      lasting(from, to) &&
      !/^(?:the|my|our|his|her|this|that|local|train|bus|high|primary|main|nearest|general)$/.test(
        match[1] ?? '',
      )
    )
      put(from, to, 'nested');
  for (const { from, to, said } of matches(ELLIPTIC, text))
    if (
      lasting(from, to) &&
      (new RegExp(SITE).test(said) || new RegExp(GENERIC).test(said.toLowerCase())) &&
      !/\b(?:I|we|they|he|she|it|you)\b/.test(said)
    )
      put(from, to, 'elliptic');
  for (const { from, to } of matches(ROOM, text))
    if (
      lasting(from, to) &&
      /(?:^|\b(?:i'?m|i am|we'?re|currently|still|staying|stuck|come to|its|it's) )(?:in |at |to )?$/.test(
        before(lower, from, 30).trimStart(),
      )
    )
      put(from, to, 'room');
  for (const { from, to } of matches(MY_PLACE, lower))
    if (lasting(from, to) && DOORS.test(`${before(lower, from, 50)} ${after(lower, to, 40)}`))
      put(from, to, 'home');
  for (const { from, to } of matches(CORNER, text)) if (lasting(from, to)) put(from, to, 'corner');
  for (const { from, to } of matches(NTH, text)) if (lasting(from, to)) put(from, to, 'nth');
  return details;
}
