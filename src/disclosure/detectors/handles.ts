import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isOfficialName } from './official-contacts.js';

const PLACE = String.raw`(?:insta(?:gram)?|ig|snap(?:chat)?|sc|tik ?tok|tt|discord|disc|twitter|facebook|fb|face ?book|messenger|telegram|tg|whats ?app|kik|reddit|wechat|we chat|skype|threads|bluesky|bsky|mastodon|twitch|steam|xbox(?: live)?|gamertag|gamer tag|psn|playstation|roblox|linkedin|vk|viber|session|wickr|signal|tumblr|pinterest|strava|bereal|line id|yubo|hinge|tinder|bumble|onlyfans|venmo|cash ?app|paypal|monzo|zelle|fortnite|minecraft|valorant|spotify|youtube|yt|peanut|teams|zoom)`;
const TOKEN = String.raw`([@$]?[a-z0-9_](?:[a-z0-9_.#-]{1,38})[a-z0-9_])`;

/** "my insta is ...", "snap: ...", "discord username ...". */
const NAMED = new RegExp(
  String.raw`\b${PLACE}(?:'s| account| profile| page| dms?)?(?:\s{0,2}(?:(?:user ?)?name|handle|id|tag|@|user|add|addy))?(?:\s{0,2}[:=>→]{1,2}\s{0,2}|\s{1,2}-{1,2}\s{1,2}|-|,\s{1,2}(?:i'?m |it'?s )?|\s{0,2}\(\s{0,1}|\s{1,2}(?:is|it's|its|as|under|called|by|@)\s{1,2}(?:just |still |called |under |the same )?|\s{1,2})["'\x60*(]?${TOKEN}`,
  'g',
);
/** "kik me ...", "snap me ...", "add me ... on discord". */
const ASKED = new RegExp(
  String.raw`\b(?:add|find|follow|message|msg|dm|pm|hmu|hit me up|look(?: for)?|search(?: for)?|catch|contact|reach|text|tag|i'?m|im|i am|it'?s|he'?s|she'?s|they'?re|known as|under|as|go by|goes by|called|user(?:name)?|name is)(?: me)?(?: up)?[ :]{1,2}(?:@|as |under |at )?["']?${TOKEN}["']?,?(?:\s{1,2}(?:on|in|over on|via|for|at)\s{1,2}(?:my )?|\s{0,2}\()${PLACE}\b`,
  'g',
);
const VERBED = new RegExp(
  String.raw`\b(?:kik|snap|insta|skype|telegram|discord|venmo|paypal|cash ?app|zelle|whatsapp|fb|ig)\s(?:me|us)(?:\s(?:at|on|@)|, ?(?:i'?m|it'?s))?[ :-]{1,3}["']?${TOKEN}`,
  'g',
);
const USERNAME = new RegExp(
  String.raw`\b(?:my|his|her) (?:online )?(?:user ?name|handle|screen ?name|gamer ?tag|socials?|tag|@)(?: (?:everywhere|there|online|elsewhere|on (?:there|everything|[a-z ]{2,12}?)))?(?: is|:| =|'s| are)\s{1,2}["'@]?${TOKEN}`,
  'g',
);
const AT_NAME = /(?<![a-z0-9._%+@/-])@([a-z0-9_](?:[a-z0-9_.]{1,30})[a-z0-9_])(?![a-z0-9@])/g;
const FEDIVERSE = /(?<![a-z0-9._%+/-])@[a-z0-9_.]{2,30}@[a-z0-9-]{1,40}(?:\.[a-z0-9-]{2,20}){1,3}/g;
const TAGGED = /(?<![a-z0-9._-])([a-z][a-z0-9_.]{1,31}(?: [a-z0-9_.]{2,15})?)\s?#\s?\d{4}(?!\d)/g;
const REDDITOR = /(?<![a-z0-9/])\/?u\/[a-z0-9_-]{3,20}/g;
const CASHTAG = /(?<![a-z0-9$])\$[a-z][a-z0-9_-]{3,20}\b/g;
const TALK = new RegExp(
  String.raw`\b(?:${PLACE}|my @|add me|dm me|find me|follow me|message me|tag me|socials?|everywhere|my handle|my username|hmu|hit me up|other app|off here)\b`,
);

/** Words that come after the name of a site and are no name. */
export const PLAIN = new Set(
  'review attack threat investigation construction control well though usual much soon long far possible is was has had have and but or so if the a an my me you your it its to too for of on in at all just not no never always with about from by they them he she we us that this these those there here when where who why how what because since after before while until than then now still again only also as are were be been being do does did will would can could should may might must am off up down out over private deleted gone broken full dead dying boring toxic awful great good bad fun nice fine better worse same new old account accounts group groups chat chats post posts page pages story stories feed feeds reel reels video videos photo photos pic pics message messages dm dms call calls friend friends people person followers likes addiction break detox server servers app apps link links live stuff thing things today tonight tomorrow yesterday daily sometimes often anymore anyway really actually literally basically super very kind pretty scrolling talking message messaging texting chatting streaks streak filters filter memes meme therapy therapist trends trend user username handle name profile profiles support recovery blocked blocking banned hacked instead later back makes made making triggers triggering killing ruining everything everyone nobody somebody someone anyone something nothing constantly hours minutes day days night week month year years more less like love hate use used using get got getting deactivated uninstalled disabled reinstalled public open closed empty silent quiet loud going went come came see saw seen look looked left right both either which please pls thanks thank sorry yes ok okay lol community communities channel channels bot bots status active offline online cleanse culture influencers influencer content challenge comments comment ads ad algorithm reasons reason notifications notification'.split(
    ' ',
  ),
);

/** Names under which somebody can be found on other sites. */
export function handles(flat: NormalizedText): Detail[] {
  const { lower } = flat;
  const details: Detail[] = [];
  const put = (from: number, to: number, name: string, why: string): void => {
    if (!isOfficialName(name))
      details.push({
        kind: 'handle',
        span: [from, to],
        why,
        of: ownerOf(before(flat.text, from, 45)),
      });
  };
  for (const { from, to, match, said } of matches(NAMED, lower)) {
    const name = match[1] ?? '';
    const link = said.slice(0, said.length - name.length);
    const lead = before(lower, from, 30);
    const told =
      (name.startsWith('@') && !/follow|account|love|shared|thanks/.test(lead)) ||
      /[:=>→@(]|\b(?:is|user|called|under|as|handle|user ?name|id|tag|add)\b|\s-{1,2}\s/.test(
        link,
      ) ||
      /\b(?:my|add me on|find me on|follow me on|hmu on|dm me on|message me on|me up on|me on) $/.test(
        lead,
      );
    if (
      told &&
      (!link.includes(',') || /[._\d]/.test(name)) &&
      isName(
        name,
        /[:=@(]|handle|user ?name|\b(?:id|tag)\b|called|under|\bas\b|\buser\b/.test(link) ||
          /\badd me on $/.test(lead),
        after(lower, to, 12),
      )
    )
      put(from, to, name, 'named');
  }
  for (const pattern of [ASKED, VERBED]) {
    for (const { from, to, match, said } of matches(pattern, lower)) {
      const name = match[1] ?? '';
      const told = /^(?:add|hmu)|\b(?:me|us|as|by|under|called|name|i'?m|i am) |@/.test(said);
      if (
        /^follow/.test(said) &&
        !/ me\b/.test(said) &&
        /\b(?:i|i've|we|you|to|people|who|also|really|do|that) $/.test(before(lower, from, 12))
      )
        continue;
      if (isName(name, told, told ? '' : ' then')) put(from, to, name, 'asked');
    }
  }
  for (const { from, to, match } of matches(USERNAME, lower))
    if (isName(match[1] ?? '', true, after(lower, to, 12)) && !/\bhere\b/.test(match[0]))
      put(from, to, match[1] ?? '', 'username');
  for (const { from, to, match } of matches(AT_NAME, lower))
    if (TALK.test(before(lower, from, 60)) || TALK.test(after(lower, to, 40)))
      if (mine(lower, from, to)) put(from, to, match[1] ?? '', 'at');
  for (const { from, to, match } of matches(TAGGED, lower))
    if (
      !/^(?:issue|bug|ticket|order|no|room|bus|episode|case|ref|pr|number|chapter|hymn|psalm|step|rule|page|invoice|post|comment|reply)$/.test(
        match[1] ?? '',
      )
    )
      put(from, to, match[1] ?? '', 'tag');
  for (const { from, to } of matches(FEDIVERSE, lower)) put(from, to, '', 'fediverse');
  for (const { from, to, said } of matches(REDDITOR, lower))
    if (mine(lower, from, to)) put(from, to, said.replace(/^\/?u\//, ''), 'reddit');
  for (const { from, to, said } of matches(CASHTAG, lower))
    if (/cash|venmo|pay|send|help me/.test(before(lower, from, 50))) put(from, to, said, 'cash');
  return details;
}

// Somebody else's public account is read and told of; one's own is offered.
function mine(lower: string, from: number, to: number): boolean {
  const round = `${before(lower, from, 70)} ${after(lower, to, 50)}`;
  return (
    /\b(?:my|me|i'?m|im|i am|mine|his|her|their|same|hmu|add|dm|ex)\b/.test(round) &&
    !/\b(?:i follow|i've been following|loves? following|an account|this account|accounts? like|podcast|the charity|shared by|posted by|a video by|illustrator|artist)\b/.test(
      round,
    )
  );
}

// Figures, dots and lines inside are names on any site; a plain word only where it is offered as
// one and ends there.
function isName(raw: string, offered: boolean, tail: string): boolean {
  const name = raw.replace(/^[@$]/, '').replace(/(?<![.#-])[.#-]+$/, '');
  if (name.length < 3 || PLAIN.has(name) || /^\d+$/.test(name)) return false;
  if (/^[@$]/.test(raw) || /[_\d]/.test(name) || /[a-z]\.[a-z]/.test(name))
    return (
      !/^\d{1,4}(?:am|pm|th|st|nd|rd|s|k|x|h|hrs|mins|min)?$/.test(name) &&
      !/^(?:e\.g|i\.e)$/.test(name)
    );
  if (/(?:ing|ed|ly|n't)$/.test(name) && !offered) return false;
  const ends =
    /^["'\x60*)]?\s{0,2}(?:$|[.,;!?)\n]|(?:if|and|so|x+|xx|on|or|but|anyone|everyone|feel|pls|please|thanks|lol|:\)|add|hit|dm|message)\b)/.test(
      tail,
    );
  return offered ? ends || tail.trim() === '' : ends && name.length >= 5;
}
