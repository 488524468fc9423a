/**
 * The phrases that a phrase with alternatives stands for.
 * @param phrase words; `hair|nails` is one of two
 */
export function alternatives(phrase: string): string[] {
  return phrase
    .split(' ')
    .map((part) => part.split('|'))
    .reduce<string[]>(
      (starts, words) =>
        starts.flatMap((start) => words.map((word) => (start === '' ? word : `${start} ${word}`))),
      [''],
    );
}
