import { statement, type NoParams } from '../kernel/sql.js';

export interface ClosureRow {
  id: string;
  plannedAt: Date;
  readOnlyAt: Date;
  wipeAt: Date;
  toldAt: Date;
  remindedAt: Date | null;
  cancelledAt: Date | null;
}

const COLUMNS = `
  id, planned_at as "plannedAt", read_only_at as "readOnlyAt", wipe_at as "wipeAt",
    told_at as "toldAt", reminded_at as "remindedAt", cancelled_at as "cancelledAt"`;

export const openClosure = statement<NoParams, ClosureRow>(
  'site-closure.open',
  `select ${COLUMNS} from site_closures where cancelled_at is null`,
);

export const closureOf = statement<{ closureId: string }, ClosureRow>(
  'site-closure.of',
  `select ${COLUMNS} from site_closures where id = :closureId`,
);

export interface ClosureRecipient {
  id: string;
  email: string;
  locale: string | null;
}

/** Members with a confirmed address, ordered by id. */
export const membersToTell = statement<{ after: string; limit: number }, ClosureRecipient>(
  'site-closure.members-to-tell',
  `
    select id, email::text, locale
    from members
    where id > :after
      and email is not null
      and email_verified_at is not null
      and closed_at is null
      and memorial_at is null
    order by id
    limit :limit
  `,
);
