import { after, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isOfficialName } from './official-contacts.js';
import { PLAIN } from './handles.js';

const SITES = String.raw`(?:insta(?:gram)?|1nsta|ig|snap(?:chat)?|sn4p|tik ?tok|d[i1]sc[o0]rd|twitter|facebook|faceb00k|fb|messenger|t[e3]l[e3]gram|tele|whats ?app|kik|reddit|wechat|skype|bluesky|bsky|twitch|steam|xbox|gamer ?tag|psn|roblox|tumblr|bereal|yubo|spotify|minecraft|fortnite|signal|soundcloud|pinterest|youtube|vsco)`;
/**
 * A site, at most so many words and one end of a sentence, and a word that is made like a name
 * there.
 */
const NEAR = new RegExp(String.raw`(?<![\w./-])${SITES}\b(?![./]\w)(?=([^\n]{0,70}))`, 'g');
const TOKEN = /(?<![\w@./:-])@?[a-z0-9_][a-z0-9_.]{2,30}[a-z0-9_](?![\w@/]|\.[a-z0-9])/g;
/** Words that hand a name over. */
const OFFER =
  /\b(?:my|mine|mine's|me|i'?m|i am|its?|it's|here'?s|is|are|both|add|there|under|as|at|by|user(?:name)?|handle|name|tag|on|one|same)\b[^\w]{0,3}(?:now |just |called |also |@)?$|[:=>@→-]\s{0,2}$/;
const LIKENED =
  /^(?:covid|mp|ps|iphone|ios|windows|galaxy|vitamin|day|week|year|page|step|chapter|ward|room|level|grade|season|episode|stage|phase|top|vol|part|web|h|b|a|xbox|gpt|chatgpt|under|over|about|only|for|x|v|version|gen)\d+$|^\d+(?:st|nd|rd|th|am|pm|hrs?|mins?|secs?|yrs?|yo|days?|weeks?|months?|years?|k|kg|mg|ml|km|gb|ish|x|p|s)$/;
const SKYPE_LIVE = /\blive:[.a-z0-9_-]{3,40}/g;
const FRIEND_CODE =
  /\b(?:friend|player|steam|switch)(?:'?s)? ?(?:code|id)\b[^\n\d.!?]{0,15}((?:sw-?)?\d(?:[ -]?\d){7,15})(?!\d)/g;
const GAMER =
  /\b(?:[Gg]amer ?[Tt]ag|GT|(?:PSN|[Pp]sn)(?: ID| id)?|(?:[Xx]box|[Rr]oblox|[Ss]team|[Mm]inecraft|[Ff]ortnite) (?:user|name|live|ID|id)|[Rr]iot ID|[Ee]pic (?:name|ID))(?: name)?(?: is|:| =|'s)\s{1,2}([A-Z][A-Za-z0-9]{2,15}(?: (?:[A-Z][A-Za-z0-9]{1,15}|\d{1,5})){1,3})/g;
/** "tumblr, i'm softmoss-diaries", where the name has only a dash. */
const DASHED = new RegExp(
  String.raw`\b${SITES}\b[,:]? (?:and )?(?:i'?m|im|i am|it's|its|find me as|as|under|is|mine is) ([a-z0-9]{3,20}(?:-[a-z0-9]{2,20}){1,3})(?=$|[\n.,;!?)]| (?:if|add|and|come|x+|there|on|message)\b)`,
  'g',
);
const DASHED_WORDS =
  /^(?:well|self|co|ex|non|anti|half|semi|pre|post|over|under|on|off|long|short|high|low|full|part|so|re|mid|multi|all|day|one|two|three)-|-(?:ish|free|based|like|up|out|off|in|on|down|date|to|and|or|term|time|old|existent|harm|esteem|care|obsessed|addicted|related|friendly|focused|driven)$/;

/** Names like those of other sites that stand some words from the name of the site. */
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
    const near = oneEnd(match[1] ?? '');
    for (const token of matches(TOKEN, near)) {
      const lead = near.slice(0, token.from);
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
function oneEnd(near: string): string {
  const [first = '', second] = near.split(/(?<=[.!?])\s+/);
  return second === undefined
    ? near
    : near.slice(0, near.indexOf(second, first.length) + second.length);
}

// Lines, dots between words that are none of the language's, letters that end in figures.
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
