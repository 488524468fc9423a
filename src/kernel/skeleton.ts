import unhomoglyph from 'unhomoglyph';

/** Digits and letters that are read as another letter, after confusables are folded. */
const READ_AS: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  // A capital "I" and a small "l" are drawn alike; names are compared whatever their case.
  i: 'l',
};

/**
 * The skeleton of a name: without case, separators and accents, with confusable letters (Unicode
 * TR39) and digits read as letters folded. Two names with the
 * same skeleton can be taken for each other. Every digit has a skeleton of its own, so that
 * numbered names stay different names. The SQL function `handle_skeleton` does the same for ASCII.
 */
export function skeleton(name: string): string {
  return unhomoglyph(name.normalize('NFKD').replace(/\p{M}/gu, ''))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[01345789i]/g, (char) => READ_AS[char] ?? char)
    .replace(/m/g, 'rn')
    .replace(/vv/g, 'w');
}
