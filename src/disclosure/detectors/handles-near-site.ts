import { loadPatterns } from './pattern-data.js';
import { after, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isOfficialName } from './official-contacts.js';
import { PLAIN } from './handles.js';

const patterns = loadPatterns(new URL('./handles-near-site.json', import.meta.url));

const NEAR = patterns.regExp('near');
const TOKEN = /(?<![\w@./:-])@?[a-z0-9_][a-z0-9_.]{2,30}[a-z0-9_](?![\w@/]|\.[a-z0-9])/g;
const OFFER = patterns.regExp('offer');
const LIKENED = patterns.regExp('likened');
const SKYPE_LIVE = /\blive:[.a-z0-9_-]{3,40}/g;
const FRIEND_CODE = patterns.regExp('friendCode');
const GAMER = patterns.regExp('gamer');
const DASHED = patterns.regExp('dashed');
const DASHED_WORDS = patterns.regExp('dashedWords');

/** Finds user names of other sites that are some words away from the site's name. */
export function handlesNearSite(flat: NormalizedText): Detail[] {
  const { text, lower } = flat;
  const details: Detail[] = [];
  const put = (from: number, to: number, why: string): void =>
    void details.push({
      kind: 'handle',
      span: [from, to],
      why,
      of: ownerOf(text.slice(Math.max(0, from - 45), from)),
    });
  for (const { from, to, match } of matches(NEAR, lower)) {
    const context = oneEnd(match[1] ?? '');
    for (const token of matches(TOKEN, context)) {
      const lead = context.slice(0, token.from);
      if (
        !isMade(token.said.replace(/^@/, '')) ||
        !(
          OFFER.test(lead) ||
          (/\bmy $/.test(lower.slice(Math.max(0, from - 4), from)) && /[,:] $/.test(lead)) ||
          /^[^\w]{0,5}$/.test(lead)
        )
      )
        continue;
      put(to + token.from, to + token.to, 'near');
      break;
    }
  }
  for (const { from, to } of matches(SKYPE_LIVE, lower))
    if (/\bskype\b/.test(lower.slice(Math.max(0, from - 50), from) + after(lower, to, 30)))
      put(from, to, 'skype');
  for (const { from, to } of matches(FRIEND_CODE, lower)) put(from, to, 'code');
  for (const { from, to } of matches(GAMER, text)) put(from, to, 'gamer');
  for (const { from, to, match } of matches(DASHED, lower))
    if (!DASHED_WORDS.test(match[1] ?? '')) put(from, to, 'dashed');
  return details;
}

// The rest of the sentence and the next one.
function oneEnd(context: string): string {
  const [first = '', second] = context.split(/(?<=[.!?])\s+/);
  return second === undefined
    ? context
    : context.slice(0, context.indexOf(second, first.length) + second.length);
}

// Whether it looks like a user name: underscores, dots between non-words, letters followed by
// digits.
function isMade(name: string): boolean {
  if (isOfficialName(name) || LIKENED.test(name) || !/[a-z]/.test(name)) return false;
  if (/[a-z0-9]_+[a-z0-9]?|_$/.test(name)) return true;
  const parts = name.split('.');
  if (parts.length > 1)
    return (
      !/\.(?:com|org|net|uk|co|io|me|gg|ie|au|de|app|tv|info|eu)$/.test(name) &&
      parts.every((part) => part.length > 0) &&
      parts.filter((part) => PLAIN.has(part)).length <= (parts.length > 2 ? 1 : 0) &&
      parts.some((part) => part.length > 2)
    );
  return /^[a-z]{3}[a-z0-9]*\d/.test(name);
}
