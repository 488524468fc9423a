import { loadPatterns } from './pattern-data.js';
import type { NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';
import { COMMON, NAMES, SITE } from './whereabouts.js';

const patterns = loadPatterns(new URL('./invitations.json', import.meta.url), {
  names: NAMES,
  site: SITE,
});
const AT_NAMED_SPOT = patterns.regExp('atNamedSpot');

const TOGETHER = patterns.regExp('together');
const ASKING = patterns.regExp('asking');
const CLOCK = /\d ?(?:am|pm)\b|\d[:.]\d\d|\b(?:noon|midday|half |at \d)/;
const WHEN = patterns.regExp('when');

const WHERE = patterns.regExp('where');
const SMALL_WHERE = patterns.regExp('smallWhere');
const ELSEWISE = patterns.regExp('elsewise');

/** Finds invitations: a word for meeting, a time and a place within a few words. */
export function invitations({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, said } of matches(TOGETHER, lower)) {
    // Limited look-behind: searching for the start of the line would scan the whole text each time.
    const back = Math.max(0, from - 60);
    const start = back + text.slice(back, from).lastIndexOf('\n') + 1;
    const line = text.slice(start, from + 130).split('\n')[0] ?? '';
    const small = line.toLowerCase();
    const when = WHEN.exec(small);
    const where =
      WHERE.exec(line) ??
      SMALL_WHERE.exec(small) ??
      (ASKING.test(small) ? AT_NAMED_SPOT.exec(line) : null);
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
