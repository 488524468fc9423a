import { before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { loadPatterns } from './pattern-data.js';
import {
  FULL,
  FUNCTION_WORDS,
  isPublicFigure,
  isFirst,
  isFirstName,
  nameLength,
  NOT_LAST,
} from './person-names.js';

const patterns = loadPatterns(new URL('./own-names.json', import.meta.url), { full: FULL });
const OWN = patterns.regExp('own');
const FULL_AT_START = patterns.regExp('fullAtStart');
const PLACED = patterns.regExp('placed');
const SOCIAL = patterns.regExp('social');
const CLOSING = patterns.regExp('closing');
const SIGNED = patterns.regExp('signed');

// "I'm Sagal Warsame, year 10": introduces the author, with where they can be found.
const isPlaced = (said: string, tail: string): boolean =>
  /\b(?:i'?m|i am|this is)\s+$/.test(said) && PLACED.test(tail.slice(0, 40));

/** Finds full names that authors give as their own. */
export function ownNames({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, said } of matches(OWN, lower)) {
    const strong =
      (/name|called|google|christened|me up|me as|me under|add me/.test(said) &&
        !/^(?:my )?name:/.test(said)) ||
      /name:/.test(said);
    const social = /\b(?:facebook|fb|insta(?:gram)?|linkedin|messenger|whatsapp)\b/.test(
      before(lower, from, 40),
    );
    const name = FULL_AT_START.exec(text.slice(to, to + 60));
    const [, first = '', last = ''] = name ?? [];
    if (
      name !== null &&
      !NOT_LAST.has(last) &&
      !NOT_LAST.has(first) &&
      (strong || social || isFirst(first) || isPlaced(said, text.slice(to + name[0].length))) &&
      !isPublicFigure(first, last) &&
      (strong || !/\b(?:like|reading|fan|not)\b/.test(before(lower, from, 30)))
    ) {
      details.push({ kind: 'own-name', span: [to, to + name[0].length], why: 'own', of: 'self' });
      continue;
    }
    const small = /^([a-z]{2,14}) ([a-z'-]{3,18})\b/.exec(lower.slice(to, to + 40));
    if (
      /^my .*name/.test(said) &&
      small !== null &&
      isFirstName(small[1] ?? '') &&
      !FUNCTION_WORDS.has(small[2] ?? '') &&
      /^(?:$|[.,;!?\n)]| and| from| if| but| so| you| add| look)/.test(
        lower.slice(to + small[0].length, to + small[0].length + 6),
      )
    )
      details.push({ kind: 'own-name', span: [to, to + small[0].length], why: 'own', of: 'self' });
  }
  for (const pattern of [SOCIAL, CLOSING])
    for (const { from, to, match } of matches(pattern, text))
      if (
        (isFirst(match[1] ?? '') ||
          (pattern === SOCIAL &&
            !match[0].includes(',') &&
            /\b(?:add|find|friend|i'm|i am|[Mm]y)\b/.test(before(lower, from, 30)))) &&
        !NOT_LAST.has(match[1] ?? '') &&
        !NOT_LAST.has(match[2] ?? '') &&
        !isPublicFigure(match[1] ?? '', match[2] ?? '')
      )
        details.push({
          kind: 'own-name',
          span: [to - nameLength(match[0], match[1] ?? ''), to],
          why: 'offered',
          of: 'self',
        });
  for (const { from, to, match } of matches(SIGNED, text))
    if (
      isFirst(match[1] ?? '') &&
      !NOT_LAST.has(match[2] ?? '') &&
      !isPublicFigure(match[1] ?? '', match[2] ?? '') &&
      !/["'“]\s*$/.test(text.slice(Math.max(0, from - 3), from))
    )
      details.push({
        kind: 'own-name',
        span: [to - match[0].trimStart().length, to],
        why: 'signed',
        of: 'self',
      });
  return details;
}
