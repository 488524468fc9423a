import { statement } from '../../kernel/sql.js';
import { EDIT_COLUMNS, type StrategyEditRow } from '../authoring/own-strategies.queries.js';

export const ADMIN_PAGE = 50;

export interface AdminListRow {
  id: string;
  slug: string;
  name: string;
  status: string;
  version: number;
  language: string;
  byMember: boolean;
  updatedAt: Date;
}

/** Newest first, without members' drafts. */
export const adminList = statement<
  { status: string | null; text: string; before: string; limit: number },
  AdminListRow
>(
  'strategies.admin-list',
  `
    select id, slug, name, status, version, language, member_id is not null as "byMember",
      updated_at as "updatedAt"
    from coping_strategies
   where (member_id is null or status in ('published', 'withdrawn', 'proposed'))
     and (:status::text is null or status = :status)
     and (:text = '' or name ilike '%' || :text || '%' or slug = :text)
     and id < :before
   order by id desc limit :limit`,
);

export interface AdminStrategyRow extends StrategyEditRow {
  origin: string;
  sourceName: string;
  sourceUrl: string;
  reviewedOn: string | null;
  byMember: boolean;
  withdrawnBy: string | null;
  stableId: string;
}

/** Administrators see members' strategies only once they are published or withdrawn. */
export const adminOne = statement<{ slug: string }, AdminStrategyRow>(
  'strategies.admin-one',
  `
    select ${EDIT_COLUMNS}, s.origin, s.source_name as "sourceName", s.source_url as "sourceUrl",
      s.reviewed_on::text as "reviewedOn", s.member_id is not null as "byMember",
      s.withdrawn_by as "withdrawnBy", s.stable_id as "stableId"
   from coping_strategies s
   where s.slug = :slug and (s.member_id is null or s.status in ('published', 'withdrawn'))`,
);
