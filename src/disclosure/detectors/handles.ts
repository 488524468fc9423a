import { loadPatterns } from './pattern-data.js';
import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isOfficialName } from './official-contacts.js';

const patterns = loadPatterns(new URL('./handles.json', import.meta.url));
const OFFERING_LINK = patterns.regExp('offeringLink');
const OFFERING_LEAD = patterns.regExp('offeringLead');
const NUMBERED_THINGS = patterns.regExp('numberedThings');
const FOLLOWED = patterns.regExp('followed');
const NAME_END = patterns.regExp('nameEnd');

const NAMED = patterns.regExp('named');
const ASKED = patterns.regExp('asked');
const VERBED = patterns.regExp('verbed');
const USERNAME = patterns.regExp('username');
const AT_NAME = patterns.regExp('atName');
const FEDIVERSE = patterns.regExp('fediverse');
const TAGGED = patterns.regExp('tagged');
const REDDITOR = /(?<![a-z0-9/])\/?u\/[a-z0-9_-]{3,20}/g;
const CASHTAG = /(?<![a-z0-9$])\$[a-z][a-z0-9_-]{3,20}\b/g;
const TALK = patterns.regExp('talk');

export const PLAIN = patterns.words('plain');

/** Finds user names on other sites. */
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
    const isContact =
      (name.startsWith('@') && !/follow|account|love|shared|thanks/.test(lead)) ||
      OFFERING_LINK.test(link) ||
      OFFERING_LEAD.test(lead);
    if (
      isContact &&
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
      const isContact = /^(?:add|hmu)|\b(?:me|us|as|by|under|called|name|i'?m|i am) |@/.test(said);
      if (
        /^follow/.test(said) &&
        !/ me\b/.test(said) &&
        /\b(?:i|i've|we|you|to|people|who|also|really|do|that) $/.test(before(lower, from, 12))
      )
        continue;
      if (isName(name, isContact, isContact ? '' : ' then')) put(from, to, name, 'asked');
    }
  }
  for (const { from, to, match } of matches(USERNAME, lower))
    if (isName(match[1] ?? '', true, after(lower, to, 12)) && !/\bhere\b/.test(match[0]))
      put(from, to, match[1] ?? '', 'username');
  for (const { from, to, match } of matches(AT_NAME, lower))
    if (TALK.test(before(lower, from, 60)) || TALK.test(after(lower, to, 40)))
      if (mine(lower, from, to)) put(from, to, match[1] ?? '', 'at');
  for (const { from, to, match } of matches(TAGGED, lower))
    if (!NUMBERED_THINGS.test(match[1] ?? '')) put(from, to, match[1] ?? '', 'tag');
  for (const { from, to } of matches(FEDIVERSE, lower)) put(from, to, '', 'fediverse');
  for (const { from, to, said } of matches(REDDITOR, lower))
    if (mine(lower, from, to)) put(from, to, said.replace(/^\/?u\//, ''), 'reddit');
  for (const { from, to, said } of matches(CASHTAG, lower))
    if (/cash|venmo|pay|send|help me/.test(before(lower, from, 50))) put(from, to, said, 'cash');
  return details;
}

// Somebody else's public account is read and talked about; one's own is offered.
function mine(lower: string, from: number, to: number): boolean {
  const round = `${before(lower, from, 70)} ${after(lower, to, 50)}`;
  return (
    /\b(?:my|me|i'?m|im|i am|i go by|mine|his|her|their|same|hmu|add|dm|ex)\b/.test(round) &&
    !FOLLOWED.test(round)
  );
}

// Digits, dots and underscores mark a user name on any site; a plain word counts only if it is
// offered as one and ends there.
function isName(raw: string, offered: boolean, tail: string): boolean {
  const name = raw.replace(/^[@$]/, '').replace(/(?<![.#-])[.#-]+$/, '');
  if (name.length < 3 || PLAIN.has(name) || /^\d+$/.test(name)) return false;
  if (/^[@$]/.test(raw) || /[_\d]/.test(name) || /[a-z]\.[a-z]/.test(name))
    return (
      !/^\d{1,4}(?:am|pm|th|st|nd|rd|s|k|x|h|hrs|mins|min)?$/.test(name) &&
      !/^(?:e\.g|i\.e)$/.test(name)
    );
  if (/(?:ing|ed|ly|n't)$/.test(name) && !offered) return false;
  const ends = NAME_END.test(tail);
  return offered ? ends || tail.trim() === '' : ends && name.length >= 5;
}
