import { statement, type NoParams } from '../kernel/sql.js';

export const MAIL_STATES = ['waiting', 'sending', 'sent', 'refused', 'suppressed'] as const;

export interface MailRow {
  kind: string;
  state: string;
  code: number | null;
  attempts: number;
  writtenAt: Date;
  settledAt: Date | null;
  notBefore: Date | null;
}

/** The newest, without whom they went to and what they were about. */
export const newestMails = statement<{ state: string | null; limit: number }, MailRow>(
  'administration.mails',
  `
    select kind, state, code, attempts, created_at as "writtenAt", settled_at as "settledAt",
      not_before as "notBefore"
    from mail_deliveries
    where (:state::text is null or state = :state)
    order by created_at desc
    limit :limit
  `,
  'pooled',
);

export const mailFigures = statement<
  { since: Date },
  { kind: string; state: string; count: number }
>(
  'administration.mail-figures',
  `
    select kind, state, count(*)::int as count
    from mail_deliveries
    where created_at > :since
    group by kind, state
  `,
  'pooled',
);

export const stoppedFigures = statement<NoParams, { reason: string; count: number }>(
  'administration.stopped-figures',
  `
    select reason, count(*)::int as count
    from mail_suppressions
    where lifted_at is null
    group by reason
    order by reason
  `,
);
