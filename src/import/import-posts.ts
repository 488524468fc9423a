import { bodyHtml } from '../content/markdown.js';
import { NOT_INDEXED } from '../search/outdated-posts.js';
import { copyRows, type CopyValue } from './copy.js';
import type { ImportCommunities } from './import-communities.js';
import type { ImportThreads, ThreadPlace } from './import-threads.js';
import { inBatch, newIds, storableText, type ImportRun } from './import-run.js';
import type { ImportedPost } from './source.js';

/** A post with its HTML, rendered while the server stores the previous batch. */
export interface RenderedPost extends ImportedPost {
  readonly html: string;
}

interface Author {
  memberId: string;
  detached: boolean;
  /** The account was created by the import and can be claimed. */
  claimable: boolean;
}

interface Answered {
  threadId: string;
  number: number;
}

interface Placed {
  post: RenderedPost;
  id: string;
  place: ThreadPlace;
  number: number;
  author: Author | null;
}

const COLUMNS = [
  ...['id', 'thread_id', 'number', 'author_id', 'reply_to_number', 'body', 'body_html'],
  ...['name_detached', 'members_only', 'folded', 'edited_at', 'created_at'],
];

/** Placeholder for an opening post that consists only of its title. */
const NO_WORDS = '…';

export function renderPost(post: ImportedPost): RenderedPost {
  const body = storableText(post.body).trim();
  return { ...post, body, html: bodyHtml(body) };
}

/**
 * Stores posts as visible to members of their communities only, even in public communities: their
 * authors agreed to nothing else. They are not screened, open no case and notify nobody.
 */
export class ImportPosts {
  constructor(
    private readonly run: ImportRun,
    private readonly communities: ImportCommunities,
    private readonly threads: ImportThreads,
  ) {}

  /** One transaction, so that an interrupted run leaves only complete batches. */
  async add(batch: readonly RenderedPost[]): Promise<void> {
    const fresh = await this.withoutKnown(batch);
    if (fresh.length === 0) return;
    await inBatch(this.run, async () => {
      // The trigger that indexes a post leaves these to `ImportIndex`.
      await this.run.client.query(`set local sameboat.importing = 'on'`);
      const topics = await this.threads.places([...new Set(fresh.map(({ topicId }) => topicId))]);
      const placed = await this.place(fresh, topics);
      const used = new Map(
        [...topics].flatMap(([id, place]) =>
          typeof place === 'string' ? [] : [[id, place] as const],
        ),
      );
      await this.threads.store(used);
      await this.store(placed);
      await this.join(placed);
    });
    this.run.index?.wake();
  }

  private async withoutKnown(batch: readonly RenderedPost[]): Promise<RenderedPost[]> {
    const { client, importId, report } = this.run;
    const { rows } = await client.query<{ id: string }>(
      `select foreign_id as id
       from imported_posts
       where import_id = $1 and foreign_id = any($2)`,
      [importId, batch.map(({ id }) => id)],
    );
    const known = new Set(rows.map(({ id }) => id));
    report.there.posts += known.size;
    const fresh = batch.filter(({ id }) => !known.has(id));
    return [...new Map(fresh.map((post) => [post.id, post])).values()];
  }

  /** Assigns numbers to posts whose thread is imported. */
  private async place(
    batch: readonly RenderedPost[],
    topics: ReadonlyMap<string, ThreadPlace | string>,
  ): Promise<Placed[]> {
    const { report } = this.run;
    const authors = await this.authorsOf(batch);
    const ids = await newIds(this.run, 'posts', batch.length);
    return batch.flatMap((post, at): Placed[] => {
      const place = topics.get(post.topicId) ?? 'post-without-topic';
      const opens = typeof place !== 'string' && place.next === 1;
      const leftOut =
        typeof place === 'string' ? place : post.body === '' && !opens ? 'empty-post' : null;
      if (leftOut !== null || typeof place === 'string') {
        report.lose(leftOut ?? '', post.id);
        return [];
      }
      const number = place.next;
      place.next += 1;
      if (number > 1) place.replies += 1;
      const createdAt = this.clampToPast(post.createdAt, post.id);
      if (createdAt > place.lastPostAt) place.lastPostAt = createdAt;
      const author = authors.get(post.memberId ?? '') ?? null;
      if (author === null) report.lose('post-without-name', post.id);
      const words = opens ? withTitle(post, place) : post;
      return [{ post: { ...words, createdAt }, id: ids[at] ?? '', place, number, author }];
    });
  }

  private clampToPast(date: Date, id: string): Date {
    if (date <= this.run.now) return date;
    this.run.report.lose('date-in-future', id);
    return this.run.now;
  }

  private async authorsOf(batch: readonly RenderedPost[]): Promise<Map<string, Author>> {
    const { rows } = await this.run.client.query<Author & { id: string }>(
      `
        select i.foreign_id as id, i.member_id::text as "memberId", i.detached,
          not i.detached and coalesce(m.email is not null, false) as claimable
        from imported_members i
        left join members m on m.id = i.member_id
        where i.import_id = $1 and i.foreign_id = any($2) and i.member_id is not null`,
      [this.run.importId, [...new Set(batch.flatMap(({ memberId }) => memberId ?? []))]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async store(placed: readonly Placed[]): Promise<void> {
    const { client, importId, report } = this.run;
    const answered = await this.answeredPosts(placed);
    const rows = placed.map(({ post, id, place, number, author }): CopyValue[] => {
      const to = answered.get(post.answers ?? '');
      return [
        ...[id, place.id, number, author?.memberId ?? null],
        ...[to?.threadId === place.id && to.number < number ? to.number : null],
        ...[post.body, post.html, author?.detached === true, true, post.folded === true],
        ...[post.editedAt, post.createdAt],
      ];
    });
    await copyRows(client, 'posts', COLUMNS, rows);
    await copyRows(
      client,
      'post_words',
      ['post_id', 'thread_id', 'community_id', 'number', 'words', 'index_version'],
      placed
        .filter(({ post }) => post.folded !== true)
        .map(({ id, place, number }) => [
          ...[id, place.id, place.communityId, number, '', NOT_INDEXED],
        ]),
    );
    await copyRows(
      client,
      'imported_posts',
      ['import_id', 'foreign_id', 'post_id'],
      placed.map(({ post, id }) => [importId, storableText(post.id), id]),
    );
    report.made.posts += placed.length;
    for (const { place } of placed) this.communities.count(place.communityId, 0, 1);
  }

  private async answeredPosts(placed: readonly Placed[]): Promise<Map<string, Answered>> {
    const own = new Map(
      placed.map(({ post, place, number }) => [post.id, { threadId: place.id, number }]),
    );
    const others = placed.flatMap(({ post }) =>
      post.answers === null || own.has(post.answers) ? [] : [post.answers],
    );
    if (others.length === 0) return own;
    const { rows } = await this.run.client.query<Answered & { id: string }>(
      `
        select i.foreign_id as id, p.thread_id::text as "threadId", p.number
        from imported_posts i
        join posts p on p.id = i.post_id
        where i.import_id = $1 and i.foreign_id = any($2)`,
      [this.run.importId, [...new Set(others)]],
    );
    for (const row of rows) own.set(row.id, row);
    return own;
  }

  /**
   * Authors become members of a community that the import created, once they claim their account.
   */
  private async join(placed: readonly Placed[]): Promise<void> {
    const pairs = new Map(
      placed.flatMap(({ place, author }) =>
        author?.claimable === true && this.communities.isMade(place.communityId)
          ? [[`${place.communityId} ${author.memberId}`, [place.communityId, author.memberId]]]
          : [],
      ),
    );
    if (pairs.size === 0) return;
    await this.run.client.query(
      `
        with joined as (
          insert into memberships (community_id, member_id, joined_at)
          select p.community_id, p.member_id, $3
          from unnest($1::bigint[], $2::bigint[]) as p(community_id, member_id)
          on conflict
          do nothing
          returning community_id
        )
        update communities c
        set member_count = c.member_count + j.count
        from (select community_id, count(*) as count
          from joined
          group by community_id) j
        where j.community_id = c.id`,
      [
        [...pairs.values()].map(([communityId]) => communityId),
        [...pairs.values()].map(([, memberId]) => memberId),
        this.run.now,
      ],
    );
  }
}

function withTitle(post: RenderedPost, { wholeTitle }: ThreadPlace): RenderedPost {
  if (wholeTitle === null && post.body !== '') return post;
  const title = wholeTitle === null ? [] : [wholeTitle];
  const body = [...title, post.body === '' ? NO_WORDS : post.body].join('\n\n');
  return { ...post, body, html: bodyHtml(body) };
}
