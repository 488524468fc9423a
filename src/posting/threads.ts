import type { Tx } from '../kernel/database.js';
import { getIn } from '../kernel/sql.js';

export interface ThreadToStart {
  readonly communityId: string;
  readonly title: string;
  readonly kind: string;
  readonly replyWish: string;
  readonly topic: string | null;
  readonly status: 'published' | 'held';
  readonly pinned: boolean;
  readonly now: Date;
}

/**
 * Inserts a thread without posts. Its next number is 1, which `PostWriter` assigns to the opening.
 * @returns the id of the thread
 */
export async function insertThread(tx: Tx, thread: ThreadToStart): Promise<string> {
  const { id } = await getIn<{ id: string }>(
    tx,
    `
      insert into threads (community_id, title, kind, reply_wish, topic, status, pinned_at,
        next_number, created_at, last_post_at)
      values (:communityId, :title, :kind, :replyWish, :topic, :status,
        case when :pinned then :now::timestamptz end, 1, :now, :now)
      returning id
    `,
    { ...thread },
  );
  return id;
}
