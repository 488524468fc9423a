const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** What one sign may be made of at most: a family of emoji with skin tones has 25 units. */
const LONGEST_GRAPHEME = 64;
const ELLIPSIS = ' …';

/**
 * Cuts a text where a word ends, or where a sign ends where the word is longer than half of what is
 * left: never inside an emoji, a letter with its accents or a surrogate pair.
 * @param most UTF-16 units that are kept at most, without the ellipsis
 * @returns the text as it is where it is no longer
 */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  const whole = wholeSigns(text, most);
  const word = /\s/.test(text[whole.length] ?? '') ? whole.length : whole.search(/\s\S*$/);
  return `${(word > most / 2 ? whole.slice(0, word) : whole).trimEnd()}${ELLIPSIS}`;
}

/** The beginning of a text, cut between two signs. @param most UTF-16 units */
export function wholeSigns(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = graphemes.segment(text.slice(0, most + LONGEST_GRAPHEME)).containing(most);
  return text.slice(0, last?.index ?? most);
}
