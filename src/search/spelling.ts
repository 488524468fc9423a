/**
 * How many letters have to change, come, go or swap places between two words; no more than `most`
 * is told apart.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** Slips that a word of so many letters may hold and still be the same word. */
export function slipsAllowed(letters: number): number {
  return letters < 4 ? 0 : letters < 7 ? 1 : 2;
}

export interface KnownWord {
  word: string;
  documents: number;
}

/**
 * The known word that was meant: fewest slips, then the one that stands in more texts; null where
 * none is near.
 */
export function meant(word: string, known: readonly KnownWord[]): string | null {
  const most = slipsAllowed(word.length);
  const near = known
    .map((each) => ({ ...each, slips: editDistance(word, each.word, most) }))
    .filter(({ slips }) => slips > 0 && slips <= most);
  return near.sort((a, b) => a.slips - b.slips || b.documents - a.documents)[0]?.word ?? null;
}
