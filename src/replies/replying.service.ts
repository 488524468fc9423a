import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { Outbox } from '../outbox/outbox.js';
import { Aliases } from '../posts/aliases.js';
import { Acknowledgements } from '../communities/acknowledgements.js';
import { ThreadDoor, type ThreadAccess } from '../threads/thread-access.js';
import { replyHindrance } from '../threads/threads.policy.js';
import type { NewReply } from './reply.dto.js';
import { replyPosted } from './replies.events.js';

export interface PostedReply {
  id: string;
  threadId: string;
  number: number;
}

const sentBefore = statement<PostedReply>(
  'replies.sent-before',
  'select id, thread_id as "threadId", number from posts where author_id = $1 and idempotency_key = $2 and thread_id = $3',
);

/**
 * One statement takes the next number (the thread's row is locked by it, so numbers never meet), writes the post, follows the
 * thread and drops the draft. Nothing comes back where the thread was locked meanwhile.
 * $1 thread, $2 author, $3 alias, $4 answered post, $5 body, $6 html, $7 notes, $8 summary, $9 key, $10 now, $11 moderates, $12 draft's place
 */
const insertReply = statement<PostedReply>(
  'replies.insert',
  `with t as (
     update threads set next_number = next_number + 1, reply_count = reply_count + 1, last_post_at = $10
     where id = $1 and (locked_at is null or $11::boolean) and status in ('published', 'held')
     returning id, next_number - 1 as number
   ), p as (
     insert into posts (thread_id, number, author_id, alias_id, reply_to_number, body, body_html, content_warnings, summary, idempotency_key, created_at)
     select t.id, t.number, $2, $3, (select a.number from posts a where a.id = $4 and a.thread_id = $1 and a.status = 'published'),
            $5, $6, $7, $8, $9, $10
     from t returning id, thread_id as "threadId", number
   ), f as (
     insert into thread_follows (thread_id, member_id, level) select t.id, $2, 'following' from t on conflict do nothing
   ), d as (
     delete from drafts where member_id = $2 and place = $12
   )
   select * from p`,
);

/** Answering in a thread. */
@Injectable()
export class Replying {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly aliases: Aliases,
    private readonly acknowledgements: Acknowledgements,
    private readonly door: ThreadDoor,
  ) {}

  /** Sent twice under one key, it is one reply. */
  async reply(viewer: Viewer, threadId: string, form: NewReply): Promise<PostedReply> {
    const thread = await this.door.open(viewer, threadId);
    const hindrance = replyHindrance(viewer, thread);
    if (hindrance !== null) throw new Forbidden(`threads.hindrance.${hindrance}`);
    const acknowledges = (thread.acknowledgedVersion ?? 0) < thread.guidelinesVersion;
    if (acknowledges && !form.guidelinesAcknowledged) throw new FieldError('guidelinesAcknowledged', 'threads.error.guidelines');
    if (form.anonymous && !thread.aliasesAllowed && thread.aliasName === null) throw new FieldError('anonymous', 'posts.error.no-aliases');
    const key = form.idempotencyKey === '' ? null : form.idempotencyKey;
    try {
      return await this.database.inTransaction(async (tx) => {
        if (acknowledges) await this.acknowledgements.record(tx, viewer.memberId, thread.communityId, thread.guidelinesVersion);
        return this.insert(tx, viewer, thread, form, key);
      });
    } catch (error) {
      const [before] = isDuplicate(error, 'posts_idempotency') ? await this.sql.rows(sentBefore, [viewer.memberId, key, threadId]) : [];
      if (before === undefined) throw error;
      return before;
    }
  }

  private async insert(tx: Tx, viewer: Viewer, thread: ThreadAccess, form: NewReply, key: string | null): Promise<PostedReply> {
    const asked = form.anonymous || thread.aliasName !== null;
    const aliasId = asked ? await this.aliases.forReply(tx, viewer.memberId, thread.id, form.anonymous) : null;
    const [post] = await this.sql.rowsIn(tx, insertReply, [
      thread.id, viewer.memberId, aliasId, form.replyTo === '' ? null : form.replyTo, form.body, bodyHtml(form.body),
      form.contentWarnings, form.summary, key, this.clock.now(), thread.moderates, `/t/${thread.id}/replies`,
    ]);
    if (post === undefined) throw new Forbidden('threads.hindrance.locked');
    await this.outbox.append(tx, replyPosted({ postId: post.id, threadId: thread.id }));
    return post;
  }
}
