import { statement } from '../kernel/sql.js';

export interface RefusedMail {
  body: string;
  at: Date;
}

export const storeRefusedMail = statement<
  { memberId: string; caseId: string; body: string; now: Date },
  { id: string }
>(
  'reply-by-mail.keep',
  `
    insert into refused_mails (member_id, case_id, body, received_at)
    values (:memberId, :caseId, :body, :now)
    returning id
  `,
);

export const ownRefusedMail = statement<{ memberId: string; id: string }, RefusedMail>(
  'reply-by-mail.own-refused',
  `
    select body, received_at as at
    from refused_mails
    where id = :id and member_id = :memberId
  `,
);
