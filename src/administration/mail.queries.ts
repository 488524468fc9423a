import type { MailKind } from '../mail/envelopes.js';
import { statement, type NoParams } from '../kernel/sql.js';

export const MAIL_STATES = [
  'waiting',
  'sending',
  'sent',
  'refused',
  'suppressed',
  'withdrawn',
] as const;
export type MailState = (typeof MAIL_STATES)[number];

export interface MailRow {
  kind: MailKind;
  state: MailState;
  code: number | null;
  attempts: number;
  writtenAt: Date;
  settledAt: Date | null;
  notBefore: Date | null;
}

/** The newest deliveries, without recipient and subject. */
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

export interface MailFigureRow {
  kind: MailKind;
  state: string;
  count: number;
}

export const mailFigures = statement<{ since: Date }, MailFigureRow>(
  'administration.mail-figures',
  `
    select kind, state, count(*)::int as count
    from mail_deliveries
    where created_at > :since
    group by kind, state
  `,
  'pooled',
);

export interface SuppressionCountRow {
  reason: string;
  count: number;
}

export const suppressionCounts = statement<NoParams, SuppressionCountRow>(
  'administration.stopped-figures',
  `
    select reason, count(*)::int as count
    from mail_suppressions
    where lifted_at is null
    group by reason
    order by reason
  `,
);

export interface SenderFaultRow {
  refusal: string;
  mails: number;
  domains: number;
}

/** Rejections caused by this server or its settings, or shared by many domains. */
export const senderFaults = statement<{ since: Date }, SenderFaultRow>(
  'administration.sender-faults',
  `
    select coalesce(refusal, code, '') as refusal, count(*)::int as mails,
      count(distinct domain_mark)::int as domains
    from mail_bounces
    where kind = 'sender' and heard_at > :since
    group by 1
    order by mails desc, refusal
    limit 10
  `,
);
