/** Maximum number of ids for each loss in the report; the loss file has all. */
const NAMED = 20;

/** A kind of content that was not imported as it was. */
export interface Loss {
  count: number;
  /** The first ones, by their ids in the source. */
  ids: string[];
}

export interface ImportedCommunity {
  slug: string;
  /** It was created by this import. */
  made: boolean;
  threads: number;
  posts: number;
}

export const COUNTED = ['members', 'threads', 'posts'] as const;
export type Counted = (typeof COUNTED)[number];

/** The result of an import in numbers and ids: no text, name or address. */
export class ImportReport {
  readonly made: Record<Counted, number> = { members: 0, threads: 0, posts: 0 };
  /** Imported by an earlier run. */
  readonly there: Record<Counted, number> = { members: 0, threads: 0, posts: 0 };
  readonly losses = new Map<string, Loss>();
  readonly communities = new Map<string, ImportedCommunity>();

  /** @param onLoss called for every loss, without a limit */
  constructor(
    private readonly onLoss: (what: string, id: string | null) => void = () => undefined,
  ) {}

  lose(what: string, id: string | null): void {
    const loss = this.losses.get(what) ?? { count: 0, ids: [] };
    loss.count += 1;
    if (id !== null && loss.ids.length < NAMED) loss.ids.push(id);
    this.losses.set(what, loss);
    this.onLoss(what, id);
  }

  /** For `--json`. */
  toJSON(): object {
    const { made, there } = this;
    const losses = Object.fromEntries([...this.losses].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { made, there, communities: [...this.communities.values()], losses };
  }
}
