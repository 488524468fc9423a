import { statement } from '../../kernel/sql.js';
import type { ShareForm } from '../core/toolkit.dto.js';

/** Maximum number of active links for each member. */
export const MAX_SHARES = 50;

export interface SharedRow {
  memberId: string;
  what: ShareForm['what'];
  subjectId: string | null;
  expiresAt: Date;
  country: string | null;
}

export interface ShareRow {
  id: string;
  what: ShareForm['what'];
  subjectId: string | null;
  words: Buffer | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Inserts nothing if the subject is not the member's, or too many links are active. */
export const insertShare = statement<
  {
    id: string;
    memberId: string;
    token: Buffer;
    what: string;
    subject: string | null;
    sealed: Buffer;
    now: Date;
    until: Date;
  },
  { id: string }
>(
  'toolkit.insert-share',
  `
    insert into toolkit_shares (id, member_id, token_hash, what, subject_id, words, created_at,
      expires_at)
   select :id, :memberId, :token, :what, :subject, :sealed, :now, :until
   where case :what
     when 'item' then exists (select 1
       from toolkit_items
       where member_id = :memberId and id = :subject)
     when 'sheet' then exists (select 1
       from toolkit_sheets
       where member_id = :memberId and id = :subject)
     when 'card' then exists (select 1
       from safety_plans
       where member_id = :memberId and card is not null)
       else exists (select 1 from safety_plans where member_id = :memberId and plan is not null) end
     and (select count(*)
       from toolkit_shares
       where member_id = :memberId and expires_at > :now) < ${MAX_SHARES}
   returning id`,
);

export const removeExpiredShares = statement<{ viewerId: string; now: Date }, object>(
  'toolkit.forget-shares',
  'delete from toolkit_shares where member_id = :viewerId and expires_at <= :now',
);

export const openShares = statement<{ viewerId: string; now: Date }, ShareRow>(
  'toolkit.shares',
  `
    select id, what, subject_id as "subjectId", words, created_at as "createdAt",
      expires_at as "expiresAt"
    from toolkit_shares
    where member_id = :viewerId and expires_at > :now
    order by id desc
  `,
);

export const revokeShare = statement<{ viewerId: string; id: string }, { id: string }>(
  'toolkit.revoke-share',
  'delete from toolkit_shares where member_id = :viewerId and id = :id returning id',
);

export const shareByToken = statement<{ token: Buffer; now: Date }, SharedRow>(
  'toolkit.share-by-token',
  `
    select s.member_id as "memberId", s.what, s.subject_id as "subjectId",
      s.expires_at as "expiresAt", m.country
   from toolkit_shares s
   join members m on m.id = s.member_id and m.closed_at is null
   where s.token_hash = :token and s.expires_at > :now`,
);
