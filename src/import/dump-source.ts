import type { ImportRecord, ImportSource } from './source.js';
import type { Staging } from './staging.js';
import type { ImportWords } from './words.js';

/** A forum whose tables were loaded from a dump: all of them are read in one order. */
export abstract class DumpSource implements ImportSource {
  /** @param words what stands in the place of what is left out */
  constructor(
    protected readonly staging: Staging,
    protected readonly words: ImportWords,
    readonly posts: number,
  ) {}

  async *records(): AsyncGenerator<ImportRecord> {
    yield* this.members();
    yield* this.categories();
    yield* this.topics();
    yield* this.allPosts();
    yield* this.losses();
  }

  protected abstract members(): AsyncGenerator<ImportRecord>;
  protected abstract categories(): AsyncGenerator<ImportRecord>;
  protected abstract topics(): AsyncGenerator<ImportRecord>;
  /** Each topic before its posts. */
  protected abstract allPosts(): AsyncGenerator<ImportRecord>;
  protected abstract losses(): AsyncGenerator<ImportRecord>;
}
