/** Ids of a loss that the report names; all of them are in the file of losses. */
const NAMED = 20;

/** Something that was not brought over as it was. */
export interface Loss {
  count: number;
  /** The first of them, as the source calls them. */
  ids: string[];
}

export interface ImportedCommunity {
  slug: string;
  /** It was not there before this import. */
  made: boolean;
  threads: number;
  posts: number;
}

export const COUNTED = ['members', 'threads', 'posts'] as const;
export type Counted = (typeof COUNTED)[number];

/** What an import did, in numbers and ids: nothing that anybody wrote, no name and no address. */
export class ImportReport {
  readonly made: Record<Counted, number> = { members: 0, threads: 0, posts: 0 };
  /** What an earlier run had brought over. */
  readonly there: Record<Counted, number> = { members: 0, threads: 0, posts: 0 };
  readonly losses = new Map<string, Loss>();
  readonly communities = new Map<string, ImportedCommunity>();

  /** @param onLoss told of every loss, however many there are */
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
