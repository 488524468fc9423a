import { statement } from '../../kernel/sql.js';

export interface SheetRow {
  id: string;
  words: Buffer;
  nearer: string | null;
  createdAt: Date;
}

export const sheets = statement<{ viewerId: string }, SheetRow>(
  'toolkit.sheets',
  `
    select id, words, nearer, created_at as "createdAt"
    from toolkit_sheets
    where member_id = :viewerId
    order by id desc
    limit 50
  `,
);

export const oneSheet = statement<{ memberId: string; sheet: string | null }, SheetRow>(
  'toolkit.sheet',
  `
    select id, words, nearer, created_at as "createdAt"
    from toolkit_sheets
    where member_id = :memberId and id = :sheet
  `,
);

export const insertSheet = statement<
  {
    id: string;
    viewerId: string;
    words: Buffer;
    askLater: boolean;
    idempotencyKey: string | null;
    now: Date;
  },
  { id: string }
>(
  'toolkit.insert-sheet',
  `
    insert into toolkit_sheets (id, member_id, words, ask_later, idempotency_key, created_at)
    values (:id, :viewerId, :words, :askLater, :idempotencyKey, :now)
    on conflict
    do nothing
    returning id
  `,
);

export const sheetByKey = statement<
  { viewerId: string; idempotencyKey: string | null },
  { id: string }
>(
  'toolkit.known-sheet',
  'select id from toolkit_sheets where member_id = :viewerId and idempotency_key = :idempotencyKey',
);

export const removeSheet = statement<{ viewerId: string; id: string }, object>(
  'toolkit.remove-sheet',
  'delete from toolkit_sheets where member_id = :viewerId and id = :id',
);

export const answerFollowUp = statement<
  { viewerId: string; id: string; nearer: string },
  { id: string }
>(
  'toolkit.answer-nearer',
  `
    update toolkit_sheets
    set nearer = nullif(:nearer, ''), ask_later = false
    where member_id = :viewerId and id = :id
    returning id
  `,
);
