import { statement } from '../../kernel/sql.js';
import { WHOLE, type WholeRow } from '../authoring/own-strategies.queries.js';

export const ADMIN_PAGE = 50;

export interface AdminRow {
  id: string;
  slug: string;
  name: string;
  status: string;
  version: number;
  language: string;
  byMember: boolean;
  updatedAt: Date;
}

/**
 * Newest first; what members have not finished is theirs. $1 status or null, $2 text or '', $3
 * older than this id, $4 how many
 */
export const adminList = statement<AdminRow>(
  'strategies.admin-list',
  `
    select id, slug, name, status, version, language, member_id is not null as "byMember",
      updated_at as "updatedAt"
    from coping_strategies
   where (member_id is null or status in ('published', 'withdrawn', 'proposed'))
     and ($1::text is null or status = $1)
     and ($2 = '' or name ilike '%' || $2 || '%' or slug = $2)
     and id < $3
   order by id desc limit $4`,
);

export interface AdminWholeRow extends WholeRow {
  origin: string;
  sourceName: string;
  sourceUrl: string;
  reviewedOn: string | null;
  byMember: boolean;
  withdrawnBy: string | null;
  stableId: string;
}

/** $1 slug */
export const adminOne = statement<AdminWholeRow>(
  'strategies.admin-one',
  `
    select ${WHOLE}, s.origin, s.source_name as "sourceName", s.source_url as "sourceUrl",
      s.reviewed_on::text as "reviewedOn", s.member_id is not null as "byMember",
      s.withdrawn_by as "withdrawnBy", s.stable_id as "stableId"
   from coping_strategies s
   where s.slug = $1 and (s.member_id is null or s.status in ('published', 'withdrawn'))`,
);
