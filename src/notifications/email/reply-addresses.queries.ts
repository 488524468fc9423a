import { statement } from '../../kernel/sql.js';

export const storeAddress = statement<
  { token: Buffer; memberId: string; threadId: string; now: Date },
  object
>(
  'notifications.store-reply-address',
  `
    insert into reply_addresses (token_hash, member_id, thread_id, made_at)
    values (:token, :memberId, :threadId, :now)
    on conflict
    do nothing
  `,
);

export interface FoundAddress {
  memberId: string;
  threadId: string;
  /** Whether it is no longer accepted. */
  expired: boolean;
}

export const findAddress = statement<{ digest: Buffer; madeAfter: Date }, FoundAddress>(
  'notifications.find-reply-address',
  `
    select member_id as "memberId", thread_id as "threadId", made_at <= :madeAfter as expired
    from reply_addresses
    where token_hash = :digest
  `,
);
