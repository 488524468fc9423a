import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { checkIns } from '../check-ins/check-ins.queries.js';
import { openCheckIn, type CheckIn } from '../check-ins/check-ins.view.js';
import { openItem, openWords, type Item } from '../items/item-words.js';
import { items } from '../items/items.queries.js';
import { isGone, itemName } from '../items/items.view.js';
import { SHEET_FIELD, type SheetTexts } from './sheet-words.js';
import { oneSheet, type SheetRow } from './sheets.queries.js';
import type { SheetForm } from '../core/toolkit.dto.js';
import { ratingInWords } from '../core/numbers-in-words.js';

const insert = statement<
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
const known = statement<{ viewerId: string; idempotencyKey: string }, { id: string }>(
  'toolkit.known-sheet',
  'select id from toolkit_sheets where member_id = :viewerId and idempotency_key = :idempotencyKey',
);
const remove = statement<{ viewerId: string; id: string }, object>(
  'toolkit.remove-sheet',
  'delete from toolkit_sheets where member_id = :viewerId and id = :id',
);
const answer = statement<{ viewerId: string; id: string; nearer: string }, { id: string }>(
  'toolkit.answer-nearer',
  `
    update toolkit_sheets
    set nearer = nullif(:nearer, ''), ask_later = false
    where member_id = :viewerId and id = :id
    returning id
  `,
);

/**
 * What can be taken onto a sheet: recent check-ins with something in them, and what is in the
 * toolkit.
 */
interface Choosable {
  items: Item[];
  checkIns: CheckIn[];
}

/** "What I want to say", for an appointment. */
@Injectable()
export class Sheets {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async choosable(viewer: Viewer, i18n: Translator): Promise<Choosable> {
    const now = this.clock.now();
    const [key, rows, notes] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(items, { viewerId: viewer.memberId }),
      this.sql.rows(checkIns, {
        memberId: viewer.memberId,
        since: later(now, -60 * DAY),
        until: later(now, DAY),
        limit: 60,
      }),
    ]);
    return {
      items: rows.map((row) => openItem(key, row)).filter((item) => !isGone(item)),
      checkIns: notes.map((row) => openCheckIn(key, row, i18n)),
    };
  }

  /**
   * Copies what was chosen onto the sheet. Sent twice under one key, it is one sheet. @returns its
   * id
   */
  async make(viewer: Viewer, i18n: Translator, form: SheetForm): Promise<string> {
    const there = await this.choosable(viewer, i18n);
    const sheet: SheetTexts = {
      title: form.title,
      wish: form.wish,
      happened: form.happened,
      questions: form.questions,
      know: form.know,
      items: there.items
        .filter((item) => form.items.includes(item.row.id))
        .map((item) => ({ name: itemName(item, i18n), note: item.words.note })),
      checkIns: there.checkIns
        .filter(({ id }) => form.checkIns.includes(id))
        .reverse()
        .map((row) => ({
          date: i18n.date(row.at),
          said: [row.about ?? '', ratingInWords(row, i18n), row.word]
            .filter((part) => part !== '')
            .join(', '),
          note: row.note,
        })),
    };
    return this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const id = await this.vault.nextId(tx);
      const [made] = await this.sql.rowsIn(tx, insert, {
        id,
        viewerId: viewer.memberId,
        words: key.seal(SHEET_FIELD, id, sheet),
        askLater: form.askLater,
        idempotencyKey: form.idempotencyKey === '' ? null : form.idempotencyKey,
        now: this.clock.now(),
      });
      const [before] =
        made === undefined
          ? await this.sql.rowsIn(tx, known, {
              viewerId: viewer.memberId,
              idempotencyKey: form.idempotencyKey,
            })
          : [made];
      if (before === undefined) throw new Error('neither made nor there');
      return before.id;
    });
  }

  async open(viewer: Viewer, id: string): Promise<{ row: SheetRow; words: SheetTexts | null }> {
    const row = await this.sql.first(oneSheet, { memberId: viewer.memberId, sheet: id });
    if (row === null) throw new NotFound();
    return {
      row,
      words: openWords<SheetTexts>(
        await this.vault.of(viewer.memberId),
        SHEET_FIELD,
        row.id,
        row.words,
      ),
    };
  }

  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.open(viewer, id);
    await this.sql.rows(remove, { viewerId: viewer.memberId, id });
  }

  /** @param nearer empty for not wanting to say: it is not asked again */
  async answer(viewer: Viewer, id: string, nearer: string): Promise<void> {
    if ((await this.sql.first(answer, { viewerId: viewer.memberId, id, nearer })) === null)
      throw new NotFound();
  }
}
