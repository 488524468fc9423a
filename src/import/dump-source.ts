import type { ImportRecord, ImportSource } from './source.js';
import type { Staging } from './staging.js';
import type { ImportMessages } from './words.js';

/** A forum whose tables were loaded from a dump. Defines the common order of reading them. */
export abstract class DumpSource implements ImportSource {
  /** @param words placeholders for omitted content */
  constructor(
    protected readonly staging: Staging,
    protected readonly words: ImportMessages,
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
