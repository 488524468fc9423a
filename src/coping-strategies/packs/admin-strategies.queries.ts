import { statement } from '../../kernel/sql.js';
import { WHOLE, type WholeRow } from '../authoring/own-strategies.queries.js';

export const ADMIN_PAGE = 50;

interface AdminRow {
  id: string;
  slug: string;
  name: string;
  status: string;
  version: number;
  language: string;
  byMember: boolean;
  updatedAt: Date;
}

/** Newest first; what members have not finished is theirs. */
export const adminList = statement<
  { status: string | null; text: string; before: string; limit: number },
  AdminRow
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

interface AdminWholeRow extends WholeRow {
  origin: string;
  sourceName: string;
  sourceUrl: string;
  reviewedOn: string | null;
  byMember: boolean;
  withdrawnBy: string | null;
  stableId: string;
}

export const adminOne = statement<{ slug: string }, AdminWholeRow>(
  'strategies.admin-one',
  `
    select ${WHOLE}, s.origin, s.source_name as "sourceName", s.source_url as "sourceUrl",
      s.reviewed_on::text as "reviewedOn", s.member_id is not null as "byMember",
      s.withdrawn_by as "withdrawnBy", s.stable_id as "stableId"
   from coping_strategies s
   where s.slug = :slug and (s.member_id is null or s.status in ('published', 'withdrawn'))`,
);
