import { around, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isOfficialName } from './official-contacts.js';

const NAME = String.raw`([@$]?[a-z0-9][a-z0-9._%+-]{1,60})`;
const PROFILE = new RegExp(
  String.raw`(?<![a-z0-9-])(?:(?:facebook|fb|instagram|tiktok|twitter|x|threads|snapchat|linkedin|xing|reddit|bsky|twitch|vk|onlyfans|linktr|paypal|cash|venmo|monzo|revolut|pinterest|tumblr|soundcloud|t|wa|m|kik|line|telegram|discord|discordapp|chat\.whatsapp|whatsapp|signal|gofundme|justgiving|ko-fi|patreon|okcupid|github|strava|letterboxd|ask|ngl|carrd|steamcommunity|medium|quora|buymeacoffee|calendly|meetup|youtube|last|flickr|about|cashapp)\.(?:com|net|me|app|link|gg|ee|fm|co|group|tv|de|org|net)|discord\.gg|instagr\.am|fb\.me|youtu\.be)/(?:(?:in|add|u|user|users|profile|invite|channels|share|people|p|groups?|id|profiles|members|join|f|fundraising|c|send|pages|@)/)?` +
    NAME,
  'g',
);
const OWN_SITE =
  /(?<![a-z0-9.-])(?!www\.)[a-z0-9][a-z0-9-]{2,40}\.(?:tumblr|carrd|wordpress|blogspot|substack|bandcamp|weebly|wixsite|livejournal|deviantart|itch|github)\.(?:com|co|io)\b/g;
const MAPS =
  /\b(?:maps\.app\.goo\.gl|goo\.gl\/maps|(?:www\.)?google\.[a-z.]{2,6}\/maps|maps\.google\.[a-z.]{2,6}|maps\.apple\.com|what3words\.com|w3w\.co)\/?\S{2,120}/g;
const DOTTED =
  /\b(?:facebook|instagram|tiktok|twitter|snapchat|linkedin|telegram|reddit|twitch|onlyfans|linktr|t|wa|discord|bsky)\s{0,2}(?:\(dot\)|\[dot\]|dot)\s{0,2}(?:com|me|gg|ee|tv|app)\s{0,2}(?:\/|slash|forward slash)\s{0,2}([a-z0-9._-]{3,40})/g;
const PUBLIC =
  /^(?:help|about|login|signup|explore|search|hashtag|watch|privacy|legal|policies|settings|home|events?|r|wiki|status|intent|share|sharer|sharer\.php|business|jobs|company|school|topics?|tags?|download|support|safety|blog|news|results|playlist|shorts|stories|reel|reels|live|c|t|s)$/;
const SHOWS =
  /^(?:youtube|youtu\.be|medium|soundcloud|letterboxd|quora|last|flickr|pinterest|meetup|patreon|github|tumblr|gofundme|justgiving|about|m)\b/;

/** Links to a person's pages elsewhere, and to a point on a map. */
export function links(flat: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, match, said } of matches(PROFILE, flat.lower)) {
    const name = match[1] ?? '';
    if (
      PUBLIC.test(name) ||
      isOfficialName(name) ||
      /\/(?:r|watch|company|groups?|share|hashtag|explore)\//.test(said)
    )
      continue;
    // Where people mostly share what others made, it is theirs only when they say so.
    if (
      SHOWS.test(said.split('/')[0] ?? '') &&
      !/\bmy\b|\bme\b|\bi'?m\b/.test(around(flat.lower, from, from, 60))
    )
      continue;
    details.push({
      kind: 'link',
      span: [from, to],
      why: 'profile',
      of: ownerOf(before(flat.text, from, 45)),
    });
  }
  for (const { from, to } of matches(OWN_SITE, flat.lower))
    if (/\b(?:my|i'?m|me)\b/.test(before(flat.lower, from, 50)))
      details.push({ kind: 'link', span: [from, to], why: 'site', of: 'self' });
  for (const { from, to, match } of matches(DOTTED, flat.lower))
    if (!isOfficialName(match[1] ?? ''))
      details.push({
        kind: 'link',
        span: [from, to],
        why: 'spelled',
        of: ownerOf(before(flat.text, from, 45)),
      });
  for (const { from, to } of matches(MAPS, flat.lower))
    details.push({ kind: 'whereabouts', span: [from, to], why: 'map', of: 'self' });
  return details;
}
