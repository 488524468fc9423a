import { appendEventCte } from '../outbox/event-fragments.js';
import { event, type OutboxEvent } from '../outbox/outbox.js';

/** A thread became visible to others: it was posted, or a moderator released it. */
export const threadPosted = event<{ threadId: string; postId: string }>('thread.posted');
export const replyPosted = event<{ postId: string; threadId: string }>('reply.posted');
export const postEdited = event<{ postId: string }>('post.edited');
export const postWithdrawn = event<{ postId: string }>('post.withdrawn');

/**
 * The event of a post that becomes visible to others, because it was posted or a moderator released
 * it. May be emitted more than once per post, so consumers must be idempotent.
 */
export function postedEvent(post: {
  readonly id: string;
  readonly threadId: string;
  readonly number: number;
}): OutboxEvent {
  const ids = { postId: post.id, threadId: post.threadId };
  return post.number === 1 ? threadPosted(ids) : replyPosted(ids);
}

/**
 * SQL: a part of a `with` that appends the same event in the statement that inserts the post.
 * @param p an earlier part, with `id`, `"threadId"`, `number` and whether it is `held`
 * @param notifies as in `appendEventCte`
 */
export function postedEventCte(p: string, notifies = true): string {
  return appendEventCte(
    `case when number = 1 then '${threadPosted.eventName}' else '${replyPosted.eventName}' end`,
    `jsonb_build_object('postId', id::text, 'threadId', "threadId"::text)`,
    `${p} where not held`,
    notifies,
  );
}
