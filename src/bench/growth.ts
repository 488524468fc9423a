/** A function to measure. */
export type Work = (text: string) => unknown;

/**
 * Ten times the length may cost at most this many times ten. Quadratic work would cost ten times
 * ten; the margin is for garbage collection, caches and other load.
 */
const FACTOR = 5;
/** In microseconds for a thousand characters; lower costs are indistinguishable. */
const RESOLUTION = 20;
const MOST_TRIES = 9;
/** Runs of twice and of four times the length, in turn, if a text seems to cost too much. */
const PAIRS = 3;
/** Twice the length costs twice as much, or four times if the work is quadratic. */
const DOUBLE = 3;

/** CPU time of one run in microseconds, which other load on the machine hardly affects. */
export function processorTime(work: Work): (text: string) => number {
  return (text) => {
    const before = process.cpuUsage();
    work(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
}

/** The cost of a run, or the lowest that can be told from nothing. */
function atLeast(cost: number, text: string): number {
  return Math.max(cost, (RESOLUTION * text.length) / 1_000);
}

/**
 * How many times what a text costs a longer one costs: the median of runs in turn, as a machine may
 * be slower while one of them is measured.
 */
async function costRatio(
  cost: (text: string) => number | Promise<number>,
  text: string,
  longer: string,
): Promise<number> {
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const short = atLeast(await cost(text), text);
    ratios.push((await cost(longer)) / short);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(PAIRS / 2)] ?? Infinity;
}

/**
 * Checks whether work grows faster than its input. Takes the minimum of several runs, as noise only
 * ever adds to it, and compares one length with ten times that length, so that the speed of the
 * machine does not matter. If a text seems to cost too much, twice and four times its length are
 * compared: on some machines new memory is so expensive that a long text, which needs much, costs ten
 * times as much for each character. Longer texts are not tried if even quadratic work would be
 * allowed on them, as they could not fail.
 * @param cost of one run on a text, in microseconds
 * @param textOf gives a text of one kind and some length
 * @param lengths each at least ten times the previous one
 * @param factor how many times its proportional cost a text may take
 * @returns null, or a description of what grew
 */
export async function growth(
  cost: (text: string) => number | Promise<number>,
  textOf: (length: number) => string,
  lengths: readonly number[],
  factor = FACTOR,
): Promise<string | null> {
  let allowed = Infinity;
  const texts = lengths.map(textOf);
  for (const [n, text] of texts.entries()) {
    // Warm-up, so that the code is compiled before it is measured.
    if (n === 0) for (let run = 0; run < 3; run += 1) await cost(text);
    let least = await cost(text);
    const tries = n === 0 ? 3 : MOST_TRIES;
    for (let run = 1; run < tries && (n === 0 || least > allowed); run += 1) {
      least = Math.min(least, await cost(text));
    }
    if (least > allowed) {
      const [twice = '', fourfold = ''] = [2, 4].map((times) => textOf(times * (lengths[n] ?? 0)));
      const ratio = await costRatio(cost, twice, fourfold);
      if (ratio > DOUBLE)
        return `${fourfold.length} characters: ${ratio} times the cost of ${twice.length}, ${DOUBLE} were allowed`;
    }
    const times = (texts[n + 1]?.length ?? 0) / text.length;
    allowed = factor * times * atLeast(least, text);
    // The first text is too short to tell: its costs are below the resolution of the clock.
    if (n > 0 && times ** 2 * least <= allowed) return null;
  }
  return null;
}
