import { statement, type NoParams } from '../kernel/sql.js';

export interface RequestRow {
  id: string;
  wish: string;
  why: string;
  outcome: string | null;
  answer: string;
  createdAt: Date;
  answeredAt: Date | null;
}

const COLUMNS = `r.id, r.wish, r.why, r.outcome, r.answer, r.created_at as "createdAt",
  r.answered_at as "answeredAt"`;

export const ownRequest = statement<{ id: string; memberId: string }, RequestRow>(
  'finding.own-request',
  `select ${COLUMNS} from group_requests r where r.id = :id and r.member_id = :memberId`,
);

export const ownRequests = statement<{ memberId: string }, RequestRow>(
  'finding.own-requests',
  `
    select ${COLUMNS}
    from group_requests r
    where r.member_id = :memberId
    order by r.id desc
    limit 20
  `,
);

/**
 * For staff: pending requests, longest waiting first, followed by recently answered ones. Without
 * the member, so that staff answer the request and not the person.
 */
export const allRequests = statement<NoParams, RequestRow>(
  'finding.all-requests',
  `
    (select ${COLUMNS}
      from group_requests r
      where r.answered_at is null
      order by r.created_at, r.id
      limit 100)
   union all (select ${COLUMNS}
     from group_requests r
     where r.answered_at is not null
     order by r.answered_at desc, r.id desc
     limit 50)`,
);

export const oneRequest = statement<{ id: string }, RequestRow>(
  'finding.one-request',
  `select ${COLUMNS} from group_requests r where r.id = :id`,
);
