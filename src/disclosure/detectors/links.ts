import { loadPatterns } from './pattern-data.js';
import { contextWindow, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isOfficialName } from './official-contacts.js';

const patterns = loadPatterns(new URL('./links.json', import.meta.url));

const PROFILE = patterns.regExp('profile');
const OWN_SITE = patterns.regExp('ownSite');
const MAPS = patterns.regExp('maps');
const DOTTED = patterns.regExp('dotted');
const PUBLIC = patterns.regExp('public');
const SHOWS = patterns.regExp('shows');

/** Finds links to a person's pages elsewhere, and to a point on a map. */
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
    // On sites where people mostly share others' content, it counts as theirs only if they say so.
    if (
      SHOWS.test(said.split('/')[0] ?? '') &&
      !/\bmy\b|\bme\b|\bi'?m\b/.test(contextWindow(flat.lower, from, from, 60))
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
