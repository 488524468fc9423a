/** What a bench may ask for, and what it finds. */
export interface BenchOptions {
  posts: number;
  rounds: number;
  /** Milliseconds of one measurement. */
  time: number;
  /** Digests of one run, and of the run in which workers are killed. */
  members: number;
  killed: number;
  /** Names of benches; empty for all. */
  only: string[];
}

/** A database with bulk data on loopback. */
export interface Ground {
  readonly url: string;
  /** For what a bench keeps. */
  readonly folder: string;
  readonly first: string;
  readonly last: string;
  /** The longest thread. */
  readonly long: string;
  readonly wishes: BenchOptions;
}

export const SECRET = 'b'.repeat(40);
export const CONNECTIONS = 16;

export function benchOptions(args: string[]): BenchOptions {
  const text = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at === -1 ? undefined : args[at + 1];
  };
  const number = (name: string, otherwise: number): number => Number(text(name) ?? otherwise);
  return {
    posts: number('posts', 1_000_000),
    rounds: number('rounds', 3),
    members: number('members', 100_000),
    killed: number('killed', 20_000),
    time: number('seconds', 4) * 1_000,
    only: (text('only') ?? '').split(',').filter((name) => name !== ''),
  };
}
