import { statement } from '../../kernel/sql.js';

/** A sheet about which the member wished to be asked, and has not answered. $1 member */
export const dueQuestion = statement<{ id: string }>(
  'toolkit.due-question',
  `
    select id
    from toolkit_sheets
    where member_id = $1 and ask_later and asked_at is not null and nearer is null
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

export const sheets = statement<SheetRow>(
  'toolkit.sheets',
  `
    select id, words, nearer, created_at as "createdAt"
    from toolkit_sheets
    where member_id = $1
    order by id desc
    limit 50
  `,
);

/** $1 member, $2 sheet */
export const oneSheet = statement<SheetRow>(
  'toolkit.sheet',
  `
    select id, words, nearer, created_at as "createdAt"
    from toolkit_sheets
    where member_id = $1 and id = $2
  `,
);
