const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Maximum length of a grapheme in UTF-16 units: a family emoji with skin tones has 25. */
const MAX_GRAPHEME_LENGTH = 64;
const ELLIPSIS = ' …';

/**
 * Truncates a text at a word boundary, or at a grapheme boundary if the word is longer than half of
 * what is left: never inside an emoji, an accented letter or a surrogate pair.
 * @param most maximum number of UTF-16 units, without the ellipsis
 * @returns the text itself if it is not longer
 */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  const beginning = truncateGraphemes(text, most);
  const word = /\s/.test(text[beginning.length] ?? '')
    ? beginning.length
    : beginning.search(/\s\S*$/);
  return `${(word > most / 2 ? beginning.slice(0, word) : beginning).trimEnd()}${ELLIPSIS}`;
}

/**
 * The beginning of a text, cut at a grapheme boundary.
 * @param most UTF-16 units
 */
export function truncateGraphemes(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = graphemes.segment(text.slice(0, most + MAX_GRAPHEME_LENGTH)).containing(most);
  return text.slice(0, last?.index ?? most);
}
