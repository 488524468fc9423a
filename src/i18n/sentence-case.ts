/**
 * Words from the middle of a sentence as a label of their own.
 * @param locale whose rules the first letter follows
 * @returns the words with a capital first letter
 */
export function sentenceCase(words: string, locale: string): string {
  const [first = '', ...rest] = words;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
