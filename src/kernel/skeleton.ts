import unhomoglyph from 'unhomoglyph';

/** Digits and letters that look like another letter, applied after confusables are folded. */
const READ_AS: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  // A capital "I" and a small "l" look alike, and names are compared case-insensitively.
  i: 'l',
};

/**
 * The skeleton of a name (Unicode TR39): without case, separators and accents, and with confusable
 * letters and digits folded. Two names with the same skeleton can be mistaken for each other. Every
 * digit has its own skeleton, so numbered names stay distinct. For ASCII, the SQL function
 * `handle_skeleton` is equivalent.
 */
export function skeleton(name: string): string {
  return unhomoglyph(name.normalize('NFKD').replace(/\p{M}/gu, ''))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[01345789i]/g, (char) => READ_AS[char] ?? char)
    .replace(/m/g, 'rn')
    .replace(/vv/g, 'w');
}
