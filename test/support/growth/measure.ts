/** Work on a text. */
export type Work = (text: string) => unknown;

/**
 * Ten times the length may cost so many times ten: work that grows with the square of the length
 * costs ten times ten. What lies between is for garbage collection, caches and neighbours.
 */
const FACTOR = 5;
/** Lower costs are not told from one another: microseconds for a thousand characters. */
const RESOLUTION = 20;
const MOST_TRIES = 9;

/** Processor time of one run, in microseconds: other work on the machine adds little to it. */
export function processorTime(work: Work): (text: string) => number {
  return (text) => {
    const before = process.cpuUsage();
    work(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
}

/**
 * Whether the work on texts grows faster than they do. The least of several runs counts, as nothing
 * makes work cheaper than it is; and only the growth from one length to ten times as much, so that
 * it says nothing of how fast a machine is.
 * @param cost of one run on a text, in microseconds
 * @param texts of one kind, each at least ten times as long as the one before
 * @param factor how many times what its length says a text may cost
 * @returns null, or what grew
 */
export async function growth(
  cost: (text: string) => number | Promise<number>,
  texts: readonly string[],
  factor = FACTOR,
): Promise<string | null> {
  let allowed = Infinity;
  for (const [n, text] of texts.entries()) {
    // The first is run before it is measured, so that it is compiled.
    if (n === 0) for (let run = 0; run < 3; run += 1) await cost(text);
    let least = await cost(text);
    const tries = n === 0 ? 3 : MOST_TRIES;
    for (let run = 1; run < tries && (n === 0 || least > allowed); run += 1) {
      least = Math.min(least, await cost(text));
    }
    if (least > allowed) return `${text.length} characters: ${least} µs, ${allowed} were allowed`;
    const times = (texts[n + 1]?.length ?? 0) / text.length;
    allowed = factor * times * Math.max(least, (RESOLUTION * text.length) / 1_000);
  }
  return null;
}
