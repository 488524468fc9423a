import { statement } from '../../kernel/sql.js';

/** A sheet about which the member wished to be asked, and has not answered. */
export const dueQuestion = statement<{ memberId: string }, { id: string }>(
  'toolkit.due-question',
  `
    select id
    from toolkit_sheets
    where member_id = :memberId and ask_later and asked_at is not null and nearer is null
    order by id desc
    limit 1
  `,
);

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
