import { around, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { FULL, FUNCTION, isFamous, isFirst, isVerb, NOT_LAST, RENOWN } from './people.js';

const NAMED = new RegExp(String.raw`\b${FULL}\b`, 'g');
const SMALL = /\b(?:name is|name was|name's|called|named) ([a-z]{2,14}) ([a-z'-]{3,18})\b/g;
const BODY = String.raw`(?:[A-Z][A-Za-z'&-]+ ){1,4}(?:Council|School|High|Hospital|Infirmary|Academy|Trust|Surgery|Practice|Clinic|Road|Street|Lane|Avenue|Close|College|Church|Chapel|Primary|Uni(?:versity)?|Ltd|Garage|House|Centre|Station)\b`;
/** What follows a name and says where: a class, a ward, a house. */
const WARD = new RegExp(
  String.raw`^,? (?:\(|(?:who |and )?(?:he|she|they)?(?:'s| is| was)? ?|in |on |from |of |at )?(?:the )?(?:(?:class |form |year )?\d{1,2}[A-Z]\b|[Ww]ard \w{1,4}|[Yy]ear \d{1,2}\b|${BODY})`,
);
const THEN =
  /^(?:[^.!?\n]{0,40}[.!?]\s{1,2}|,? (?:and|but) |, )(?:(?:[Ii]|[Hh]e|[Ss]he|[Tt]hey|[Mm]y [a-z]+) (?:said|says|think|thinks|heard) )?(?:[Hh]e|[Ss]he|[Tt]hey)(?:'s| is| was|'re| are| also| still| used to)? (?:(?:lives?|lived|works?|worked|teaches|taught|goes|went|drives?|studies|runs|owns|moved|stays|staying|based) (?:[a-z]+ ){0,4}|(?:my|our|on|in|at) (?:[a-z]+ ){0,5})(?:[A-Z]|ward \d)/;
const SMALL_THEN =
  /^(?:,| and| who| but)?(?: he| she| they| who)?(?:'s| is| was)? ?(?:lives?|lived|works?|worked|teaches|goes to|drives|runs|from|at|of) (?:the |a |in |at |on |for |to )*[a-z]{3,}/;
const TOLD =
  /\b(?:read|author|born|sang|sings|sing|acts?|acted|plays? (?:a|the)|stars?|film|book|fans?|favou?rite|samaritans|helpline|saint|character|episode|season|cat|dog|rabbit|hamster|horse|puppy|kitten)\b/;

/**
 * Full names with where they are found after them, also in the next sentence, and names in small
 * letters.
 */
export function peopleWithPlace({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, match } of matches(NAMED, text)) {
    const [, first = '', last = ''] = match;
    if (!isFirst(first) || NOT_LAST.has(last) || NOT_LAST.has(first) || isFamous(first, last))
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
      FUNCTION.has(last) ||
      isVerb(last) ||
      isFamous(first, last) ||
      /\bmy $/.test(lower.slice(Math.max(0, from - 4), from))
    )
      continue;
    if (
      !TOLD.test(around(lower, from, to)) &&
      !RENOWN.test(around(lower, from, to)) &&
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
