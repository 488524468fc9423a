import type { ImportCommunities } from './import-communities.js';
import { importMembers } from './import-members.js';
import { ImportPosts, renderPost, type RenderedPost } from './import-posts.js';
import type { ImportRun, Progress } from './import-run.js';
import type { ImportThreads } from './import-threads.js';
import type { ImportedMember, ImportedTopic, ImportRecord, ImportSource } from './source.js';

const BATCH = 500;

/** Reads a source to its end, and stores its records in batches. */
export async function readInto(
  run: ImportRun,
  source: ImportSource,
  communities: ImportCommunities,
  threads: ImportThreads,
  progress: Progress,
): Promise<void> {
  const batches = new Batches(run, communities, threads);
  let seen = 0;
  for await (const record of source.records()) {
    await batches.take(record);
    if (record.kind !== 'post') continue;
    seen += 1;
    if (seen % BATCH === 0 && source.posts !== undefined)
      progress('Importing', Math.min(seen, source.posts - 1), source.posts);
  }
  await batches.finish();
  progress('Importing', 1, 1);
}

class Batches {
  private members: ImportedMember[] = [];
  private topics: ImportedTopic[] = [];
  private posts: RenderedPost[] = [];
  /** The batch being stored, while the next one is read and rendered. */
  private storing: Promise<void> = Promise.resolve();
  private readonly writer: ImportPosts;

  constructor(
    private readonly run: ImportRun,
    private readonly communities: ImportCommunities,
    private readonly threads: ImportThreads,
  ) {
    this.writer = new ImportPosts(run, communities, threads);
  }

  async take(record: ImportRecord): Promise<void> {
    switch (record.kind) {
      case 'member':
        this.members.push(record);
        if (this.members.length === BATCH) await this.storeMembers();
        break;
      case 'category':
        await this.storing;
        await this.communities.add(record);
        break;
      case 'topic':
        this.topics.push(record);
        if (this.topics.length === BATCH) await this.storeTopics();
        break;
      case 'post':
        this.posts.push(renderPost(record));
        if (this.posts.length === BATCH) await this.storePosts();
        break;
      case 'loss':
        this.run.report.lose(record.what, record.id);
    }
  }

  async finish(): Promise<void> {
    await this.storePosts();
    await this.storing;
  }

  private async storeMembers(): Promise<void> {
    await this.storing;
    const batch = this.members;
    this.members = [];
    if (batch.length > 0) await importMembers(this.run, batch);
  }

  private async storeTopics(): Promise<void> {
    await this.storing;
    const batch = this.topics;
    this.topics = [];
    if (batch.length > 0) await this.threads.add(batch);
  }

  private async storePosts(): Promise<void> {
    await this.storeMembers();
    await this.storeTopics();
    const batch = this.posts;
    this.posts = [];
    this.storing = batch.length === 0 ? Promise.resolve() : this.writer.add(batch);
    // Prevents an unhandled rejection; the error surfaces before the next batch, which awaits it.
    this.storing.catch(() => undefined);
  }
}
