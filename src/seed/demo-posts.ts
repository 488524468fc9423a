import { bodyHtml } from '../content/markdown.js';
import { languageOf } from '../content/text-language.js';
import { DAY, HOUR, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, getIn, queryIn } from '../kernel/sql.js';
import type { LifeThread } from './life-files.js';

/** The fields of a post that a case needs. */
export interface PostRow {
  id: string;
  threadId: string;
  communityId: string;
  authorId: string;
  title: string;
  body: string;
}

/** The demo's posts with cases: finds existing ones, and inserts held and removed ones. */
export class DemoPosts {
  constructor(
    private readonly tx: Tx,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  async write(
    thread: LifeThread,
    at: Date,
    status: 'held' | 'removed' | 'hidden',
  ): Promise<PostRow> {
    const authorId = this.id(thread.author);
    const opened = await getIn<{ id: string; communityId: string }>(
      this.tx,
      `
        insert into threads (community_id, title, kind, reply_wish, status, reply_count,
          next_number, last_post_at, created_at)
        select id, :title, :kind, :replyWish, :status, 0, 2, :at, :at
        from communities
        where slug = :community
        returning id, community_id as "communityId"
      `,
      {
        community: thread.community,
        title: thread.title,
        kind: thread.kind,
        replyWish: thread.replyWish,
        status,
        at,
      },
    );
    const post = await getIn<{ id: string }>(
      this.tx,
      `
        insert into posts (thread_id, number, author_id, body, body_html, language, status, held_for,
          held_at, held_until, created_at)
       values (:threadId, 1, :authorId, :body, :bodyHtml, :language, :status::text, case
         when :status = 'held' then 'first-post' end, case
         when :status = 'held' then :at::timestamptz end, case
         when :status = 'held' then :until::timestamptz end, :at)
       returning id`,
      {
        threadId: opened.id,
        authorId,
        body: thread.body,
        bodyHtml: bodyHtml(thread.body),
        language: languageOf(thread.body, 'en'),
        status,
        at,
        until: later(at, 12 * HOUR),
      },
    );
    await executeIn(
      this.tx,
      `
        insert into memberships (community_id, member_id, role, joined_at)
        values (:communityId, :authorId, 'member', :since)
        on conflict
        do nothing
      `,
      { communityId: opened.communityId, authorId, since: later(at, -DAY) },
    );
    return {
      id: post.id,
      threadId: opened.id,
      communityId: opened.communityId,
      authorId,
      title: thread.title,
      body: thread.body,
    };
  }

  async post(title: string, number: number): Promise<PostRow> {
    const [row] = await queryIn<PostRow>(
      this.tx,
      `
        select p.id, t.id as "threadId", t.community_id as "communityId", p.author_id as "authorId",
          t.title, p.body
        from posts p
        join threads t on t.id = p.thread_id
        where t.title = :title and p.number = :number
      `,
      { title, number },
    );
    if (row === undefined) throw new Error(`no post ${number} in ${title}`);
    return row;
  }

  private id(handle: string): string {
    const id = this.ids.get(handle);
    if (id === undefined) throw new Error(`nobody is called ${handle}`);
    return id;
  }
}
