import { statement } from '../../kernel/sql.js';
import type { UnsubscribeScope } from './mail-settings.service.js';

export const storeTokens = statement<
  { hashes: readonly Buffer[]; members: readonly string[]; scopes: readonly string[] },
  object
>(
  'notifications.store-unsubscribe-tokens',
  `
    insert into leave_tokens (token_hash, member_id, scope)
    select h, m, s
    from unnest(:hashes::bytea[], :members::bigint[], :scopes::text[]) as t (h, m, s)
    on conflict
    do nothing
  `,
);

export const findToken = statement<
  { token: Buffer },
  { memberId: string; scope: UnsubscribeScope }
>(
  'notifications.find-unsubscribe-token',
  `
    select member_id as "memberId", scope
    from leave_tokens
    where token_hash = :token
  `,
);
