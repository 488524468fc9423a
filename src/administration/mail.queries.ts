import { statement } from '../kernel/sql.js';

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

/**
 * The newest, without whom they went to and what they were about. $1 state, null for all, $2 how
 * many
 */
export const newestMails = statement<MailRow>(
  'administration.mails',
  `
    select kind, state, code, attempts, created_at as "writtenAt", settled_at as "settledAt",
      not_before as "notBefore"
    from mail_deliveries
    where ($1::text is null or state = $1)
    order by created_at desc
    limit $2
  `,
  'alone',
);

/** $1 since */
export const mailFigures = statement<{ kind: string; state: string; count: number }>(
  'administration.mail-figures',
  `
    select kind, state, count(*)::int as count
    from mail_deliveries
    where created_at > $1
    group by kind, state
  `,
  'alone',
);

export const stoppedFigures = statement<{ reason: string; count: number }>(
  'administration.stopped-figures',
  `
    select reason, count(*)::int as count
    from mail_suppressions
    where lifted_at is null
    group by reason
    order by reason
  `,
);
