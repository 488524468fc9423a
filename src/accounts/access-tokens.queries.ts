import { statement } from '../kernel/sql.js';
import type { Scope } from './access-token-scopes.js';
import { joinViewer, VIEWER_COLUMNS, type ViewerRow } from './viewer-columns.js';

/** Maximum number of tokens per member. */
export const MAX_TOKENS = 20;

export interface AccessTokenRow {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  /** Day of the last use, YYYY-MM-DD. */
  lastUsedOn: string | null;
}

export const ownTokens = statement<{ memberId: string; now: Date }, AccessTokenRow>(
  'accounts.access-tokens',
  `
    select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt",
      last_used_on::text as "lastUsedOn"
    from access_tokens
    where member_id = :memberId
      and revoked_at is null
      and (expires_at is null or expires_at > :now)
    order by name, id
  `,
);

/** Closes expired tokens, so that their names can be reused. */
export const closeEndedTokens = statement<{ memberId: string; now: Date }, object>(
  'accounts.access-tokens-ended',
  `
    update access_tokens
    set revoked_at = expires_at
    where member_id = :memberId and revoked_at is null and expires_at <= :now
  `,
);

/** @returns no row if the member has too many tokens, or one with that name */
export const createToken = statement<
  {
    memberId: string;
    token: Buffer;
    name: string;
    scopes: readonly string[];
    now: Date;
    until: Date | null;
  },
  { id: string }
>(
  'accounts.create-access-token',
  `
    insert into access_tokens (member_id, token_hash, name, scopes, created_at, expires_at)
    select :memberId, :token, :name, :scopes, :now, :until::timestamptz
    where (select count(*)
      from access_tokens
      where member_id = :memberId and revoked_at is null) < ${MAX_TOKENS}
    on conflict (member_id, name) where revoked_at is null
    do nothing
    returning id
  `,
);

export const hasToken = statement<{ memberId: string; token: Buffer }, object>(
  'accounts.has-access-token',
  `
    select 1
    from access_tokens
    where member_id = :memberId and token_hash = :token and revoked_at is null
  `,
);

export const revokeToken = statement<{ memberId: string; id: string; now: Date }, object>(
  'accounts.revoke-access-token',
  `
    update access_tokens
    set revoked_at = :now
    where member_id = :memberId and id = :id and revoked_at is null
  `,
);

/** Revokes all tokens of a member, or of everybody if `memberId` is null. */
export const revokeTokens = statement<{ memberId: string | null; now: Date }, object>(
  'accounts.revoke-access-tokens',
  `
    update access_tokens
    set revoked_at = :now
    where (member_id = :memberId::bigint or :memberId::bigint is null) and revoked_at is null
  `,
);

export interface TokenRow extends ViewerRow {
  id: string;
  scopes: Scope[];
  /** Whether the day of the last use must be updated; written at most once a day. */
  stale: boolean;
}

/** @returns no row for a token that was revoked or has expired, or whose account is closed */
export const byToken = statement<{ token: Buffer; now: Date; today: string }, TokenRow>(
  'accounts.access-token',
  `
    select a.id, a.scopes, coalesce(a.last_used_on < :today::date, true) as stale,
      ${VIEWER_COLUMNS}
    from access_tokens a
    ${joinViewer('a.member_id')}
    where a.token_hash = :token
      and a.revoked_at is null
      and (a.expires_at is null or a.expires_at > :now)
      and m.closed_at is null
  `,
);

export const useToken = statement<{ id: string; today: string }, object>(
  'accounts.use-access-token',
  'update access_tokens set last_used_on = :today where id = :id',
);
