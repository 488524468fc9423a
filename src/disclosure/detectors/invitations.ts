import type { NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { COMMON, NAMES, SITE } from './whereabouts.js';

/** Words that bring people together; the second kind only beside a word that asks others in. */
const TOGETHER =
  /\b(?:meet(?=, ?(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun|tom|ton))|meet (?:irl|up|me|us|u|you)|(?:want to|wanna|lets|let's|can|could) meet|let'?s (?:do|grab|get|go for)|brunch|anyone near|(?:grab|fancy|up for|go for|get|do|for|have)(?: an?)? (?:coffee|drinks?|pint|brew|lunch|walk|tea|bite|breakfast|kickabout|swim|run)|(?:coffee|pint|drinks?|walk|lunch|brew)(?=\?)|picnic|join (?:me|us)|come (?:to|say|along|over|round|down|find|and)|hang ?out|gathering|who'?s up for|i'?ll be (?:at|in|outside|by|near))\b/g;
const ASKING =
  /\b(?:come|join|say hi|say hello|anyone|if you|look for|you'?re welcome|all welcome|see you|find me|bring)\b/;
const CLOCK = /\d ?(?:am|pm)\b|\d[:.]\d\d|\b(?:noon|midday|half |at \d)/;
const WHEN =
  /\b(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)|\d{1,2}[:.]\d\d|half (?:past )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})|noon|midday|at (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\d{1,2} (?:tonight|tmrw|tomorrow|on )|tmrw|tmr|tomoz|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;
const LEADING = '(?:at|in|by|outside|behind|opposite|near|to|round|inside|from|under|beside|,)';
const SMALL_SITE =
  '(?:station|bridge|park|pub|cafe|library|bus (?:stop|shelter)|car park|mall|pier|bandstand|fountain|quays?|skate ?park|cinema|beach|visitor centre|museum|gardens|market|church|leisure centre|shopping centre)';
const BRAND =
  "(?:wagamama|primark|greggs|costa|starbucks|nero|mcdonald'?s|maccies|nando'?s|spoons|wetherspoons?|asda|tesco|aldi|lidl|boots|subway|kfc|pret)";
const WHERE = new RegExp(
  String.raw`(?:${LEADING}|\?) (?:the |a |my )?(?:(?:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)${NAMES}|of|and|the) ){0,4}(?:${SITE}|${NAMES} ${NAMES}|[A-Z][a-z]+ (?:on|in) (?:the )?[A-Z][a-z]+)`,
);
const SMALL_WHERE = new RegExp(
  String.raw`(?:${LEADING}) (?:the )?(?:${BRAND}\b|(?:[a-z]+ ){0,2}${SMALL_SITE} (?:by|in|at|behind|near|next to|opposite|on)\b)|\b${BRAND} (?:at|in|on|by)\b|\bthe ${SMALL_SITE}\b`,
);
const ELSEWISE =
  /\b(?:had|was|were|went|last (?:week|night|year|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|used to|every|usually|always|online|zoom|thread|forum|community(?! cent| hall| garden)|course|here at|(?<!this )alone|on my own|with my|my (?:mum|mom|dad|sister|brother|friend|partner|husband|wife|family|kids|daughter|son)|dreading|scared of|should i|work)\b/;

/** Somebody is asked to come: a word of coming together, a time and a place within a few words. */
export function invitations({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, said } of matches(TOGETHER, lower)) {
    // No further back than is read: a search for the start of a line would go through the whole
    // text each time.
    const back = Math.max(0, from - 60);
    const start = back + text.slice(back, from).lastIndexOf('\n') + 1;
    const line = text.slice(start, from + 130).split('\n')[0] ?? '';
    const small = line.toLowerCase();
    const when = WHEN.exec(small);
    const where =
      WHERE.exec(line) ??
      SMALL_WHERE.exec(small) ??
      (ASKING.test(small)
        ? /\bat (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas|Easter|GMT|BST)[A-Z][a-z]{3,}/.exec(
            line,
          )
        : null);
    if (when === null || where === null || COMMON.test(small) || ELSEWISE.test(small)) continue;
    if (/^(?:i'?ll be|come and|have|do|get|for)\b/.test(said) && !ASKING.test(small)) continue;
    if (/^(?:picnic|gathering|hang)/.test(said) && !CLOCK.test(small) && !ASKING.test(small))
      continue;
    const ends = [
      from + said.length,
      start + when.index + when[0].length,
      start + where.index + where[0].length,
    ];
    details.push({
      kind: 'meeting',
      span: [Math.min(from, start + when.index), Math.max(...ends)],
      why: 'invitation',
      of: 'self',
    });
  }
  return details;
}
