import type { ClientBase } from 'pg';
import { truncate } from '../content/truncate.js';
import { DAY } from '../kernel/clock.js';
import { copyRows } from './copy.js';
import type { ImportCommunities } from './import-communities.js';
import { newIds, storableText, type ImportRun } from './import-run.js';
import type { ImportedTopic } from './source.js';
import type { ImportMessages } from './words.js';

const MAX_TITLE_LENGTH = 120;
const MIN_TITLE_LENGTH = 3;
/** How long unanswered threads are escalated (`peer-support`), plus a day. */
const PASSED_ON = 31 * DAY;

/** The fields of a thread that posts need. */
export interface ThreadPlace {
  id: string;
  communityId: string;
  /** The number of its next post. */
  next: number;
  isNew: boolean;
  title: string;
  /** The complete title if it was too long; added to the opening post. */
  wholeTitle: string | null;
  closed: boolean;
  createdAt: Date;
  lastPostAt: Date;
  replies: number;
}

/**
 * Stores topics in a temporary table until their first post, as a thread cannot exist without one.
 */
export class ImportThreads {
  constructor(
    private readonly run: ImportRun,
    private readonly communities: ImportCommunities,
    private readonly words: ImportMessages,
  ) {}

  static async prepare(client: ClientBase): Promise<void> {
    await client.query(`
      create temporary table import_topics (
        foreign_id text primary key,
        community_id bigint,
        left_out text,
        title text not null,
        created_at timestamptz not null,
        closed boolean not null
      )`);
  }

  async add(batch: readonly ImportedTopic[]): Promise<void> {
    const rows = batch.map((topic) => {
      const place = this.communities.placeOf(topic.categoryId);
      const leftOut = 'leftOut' in place ? place.leftOut : null;
      if (leftOut !== null) this.run.report.lose(leftOut, topic.id);
      return {
        foreign_id: storableText(topic.id),
        community_id: 'leftOut' in place ? null : place.communityId,
        left_out: leftOut,
        title: storableText(topic.title).replace(/\s+/g, ' ').trim(),
        created_at: topic.createdAt,
        closed: topic.closed,
      };
    });
    await this.run.client.query(
      `
        insert into import_topics (foreign_id, community_id, left_out, title, created_at, closed)
        select *
        from jsonb_to_recordset($1) as t(foreign_id text, community_id bigint, left_out text,
          title text, created_at timestamptz, closed boolean)
        on conflict
        do nothing`,
      [JSON.stringify(rows)],
    );
  }

  /**
   * The threads of topics, created if necessary, within a batch. For omitted topics, the reason.
   */
  async places(foreignIds: readonly string[]): Promise<Map<string, ThreadPlace | string>> {
    const { client, importId } = this.run;
    const { rows } = await client.query<TopicRow>(
      `
        select i.foreign_id as "foreignId", i.left_out as "leftOut",
          i.community_id::text as "communityId", i.title, i.created_at as "createdAt", i.closed,
          m.foreign_id is not null as known, t.id::text as "threadId",
          t.community_id::text as "threadCommunity", t.next_number as next
        from import_topics i
        left join imported_threads m on m.import_id = $1 and m.foreign_id = i.foreign_id
        left join threads t on t.id = m.thread_id
        where i.foreign_id = any($2)
        order by i.created_at, i.foreign_id`,
      [importId, foreignIds],
    );
    const places = new Map<string, ThreadPlace | string>();
    for (const row of rows) {
      if (row.leftOut !== null) places.set(row.foreignId, 'post-in-topic-left-out');
      else if (row.threadId !== null) places.set(row.foreignId, known(row, row.threadId));
      else if (row.known) places.set(row.foreignId, 'post-in-thread-gone-here');
    }
    const fresh = rows.filter((row) => row.leftOut === null && !row.known);
    const ids = fresh.length === 0 ? [] : await newIds(this.run, 'threads', fresh.length);
    for (const [at, row] of fresh.entries())
      places.set(row.foreignId, this.opened(row, ids[at] ?? ''));
    return places;
  }

  /** Inserts new threads that got posts, and updates the counters of the others. */
  async store(places: ReadonlyMap<string, ThreadPlace>): Promise<void> {
    const { client, importId, now, report } = this.run;
    const created = [...places].filter(([, { isNew, next }]) => isNew && next > 1);
    await copyRows(
      client,
      'threads',
      [
        ...['id', 'community_id', 'title', 'kind', 'reply_wish', 'reply_count', 'next_number'],
        ...['last_post_at', 'created_at', 'locked_at'],
      ],
      created.map(([, place]) => [
        ...[place.id, place.communityId, place.title, 'support', 'listen', place.replies],
        ...[place.next, place.lastPostAt, place.createdAt, place.closed ? now : null],
      ]),
    );
    await copyRows(
      client,
      'imported_threads',
      ['import_id', 'foreign_id', 'thread_id'],
      created.map(([foreignId, { id }]) => [importId, foreignId, id]),
    );
    // Excludes them from escalation to peer supporters.
    await copyRows(
      client,
      'threads_passed_on',
      ['thread_id', 'passed_to', 'passed_at'],
      created
        .filter(([, { createdAt }]) => createdAt.getTime() > now.getTime() - PASSED_ON)
        .flatMap(([, { id }]) => ['supporters', 'team'].map((to) => [id, to, now])),
    );
    report.made.threads += created.length;
    await this.updateCounters(
      [...places.values()].filter(({ isNew, replies }) => !isNew && replies > 0),
    );
    await this.countInCommunities(created.map(([, place]) => place));
  }

  private opened(row: TopicRow, id: string): ThreadPlace {
    const { report, now } = this.run;
    const shortened = row.title.length > MAX_TITLE_LENGTH;
    if (shortened) report.lose('title-shortened', row.foreignId);
    const title = shortened ? truncate(row.title, MAX_TITLE_LENGTH - 2) : row.title;
    const createdAt = row.createdAt > now ? now : row.createdAt;
    return {
      ...{ id, communityId: row.communityId ?? '', next: 1, isNew: true, replies: 0 },
      ...{ createdAt, lastPostAt: createdAt, wholeTitle: shortened ? row.title : null },
      ...{ title: title === '' ? this.words.noTitle : lengthened(title), closed: row.closed },
    };
  }

  private async updateCounters(places: readonly ThreadPlace[]): Promise<void> {
    if (places.length === 0) return;
    await this.run.client.query(
      `
        update threads t
        set reply_count = t.reply_count + n.replies, next_number = n.next,
          last_post_at = greatest(t.last_post_at, n.last)
        from unnest($1::bigint[], $2::int[], $3::int[], $4::timestamptz[])
          as n(id, replies, next, last)
        where t.id = n.id`,
      [
        places.map(({ id }) => id),
        places.map(({ replies }) => replies),
        places.map(({ next }) => next),
        places.map(({ lastPostAt }) => lastPostAt),
      ],
    );
  }

  private async countInCommunities(created: readonly ThreadPlace[]): Promise<void> {
    for (const communityId of new Set(created.map((place) => place.communityId))) {
      const own = created.filter((place) => place.communityId === communityId);
      const last = Math.max(...own.map(({ createdAt }) => createdAt.getTime()));
      await this.run.client.query(
        `
          update communities
          set thread_count = thread_count + $2,
            last_post_at = greatest(last_post_at, $3::timestamptz)
          where id = $1`,
        [communityId, own.length, new Date(last)],
      );
      this.communities.count(communityId, own.length, 0);
    }
  }
}

interface TopicRow {
  foreignId: string;
  leftOut: string | null;
  communityId: string | null;
  title: string;
  createdAt: Date;
  closed: boolean;
  known: boolean;
  threadId: string | null;
  threadCommunity: string | null;
  next: number | null;
}

function known(row: TopicRow, id: string): ThreadPlace {
  return {
    ...{ id, communityId: row.threadCommunity ?? '', next: row.next ?? 2, isNew: false },
    ...{ replies: 0, createdAt: row.createdAt, lastPostAt: new Date(0), wholeTitle: null },
    ...{ title: row.title, closed: row.closed },
  };
}

function lengthened(title: string): string {
  return title + '…'.repeat(Math.max(0, MIN_TITLE_LENGTH - Array.from(title).length));
}
