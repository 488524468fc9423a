/** A use with both ratings. */
export interface RatedUse {
  thing: string;
  name: string;
  before: number;
  after: number;
}

interface Tendency {
  name: string;
  count: number;
  /** Mean ratings, to one decimal place. */
  before: number;
  after: number;
  says: 'too-little' | 'often-easier' | 'often-harder' | 'mixed';
}

/** With fewer notes, chance and the day outweigh the effect. */
export const MIN_SAMPLES = 3;
const MOSTLY = 0.7;

/**
 * Computes what tends to help, from the member's own notes only. Strategies with enough notes come
 * first, sorted by effect.
 */
export function tendencies(uses: readonly RatedUse[]): Tendency[] {
  const things = new Map<string, RatedUse[]>();
  for (const use of uses) things.set(use.thing, [...(things.get(use.thing) ?? []), use]);
  return [...things.values()]
    .map(tendency)
    .sort((a, b) => rank(b) - rank(a) || b.count - a.count || a.name.localeCompare(b.name));
}

function tendency(uses: RatedUse[]): Tendency {
  const count = uses.length;
  const mean = (pick: (use: RatedUse) => number): number =>
    Math.round((uses.reduce((sum, use) => sum + pick(use), 0) / count) * 10) / 10;
  const share = (holds: (use: RatedUse) => boolean): number => uses.filter(holds).length / count;
  const easier = share((use) => use.after > use.before);
  const harder = share((use) => use.after < use.before);
  const says =
    count < MIN_SAMPLES
      ? 'too-little'
      : easier >= MOSTLY
        ? 'often-easier'
        : harder >= MOSTLY
          ? 'often-harder'
          : 'mixed';
  return {
    name: uses[0]?.name ?? '',
    count,
    before: mean((use) => use.before),
    after: mean((use) => use.after),
    says,
  };
}

function rank(thing: Tendency): number {
  return (
    { 'often-easier': 3, mixed: 2, 'often-harder': 1, 'too-little': 0 }[thing.says] * 100 +
    (thing.after - thing.before)
  );
}
