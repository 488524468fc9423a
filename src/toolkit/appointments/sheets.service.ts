import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { idempotencyKeyFor } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault, type PrivateKey } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { checkIns } from '../check-ins/check-ins.queries.js';
import { openCheckIn, type CheckIn } from '../check-ins/check-ins.view.js';
import { openItem, openTexts, type Item } from '../items/item-texts.js';
import { items } from '../items/items.queries.js';
import { isGone, itemName } from '../items/items.view.js';
import { SHEET_FIELD, type SheetTexts } from './sheet-texts.js';
import {
  answerFollowUp,
  insertSheet,
  oneSheet,
  removeSheet,
  sheetByKey,
  sheets,
  type SheetRow,
} from './sheets.queries.js';
import type { SheetForm } from '../core/toolkit.dto.js';
import { ratingInWords } from '../core/numbers-in-words.js';

/** A stored sheet; `texts` is null if decryption fails. */
export interface Sheet {
  id: string;
  createdAt: Date;
  texts: SheetTexts | null;
}

/** Sources for a new sheet: toolkit items, and check-ins of the last 60 days. */
export interface SheetSources {
  items: Item[];
  checkIns: CheckIn[];
}

/** Sheets on which a member prepares for an appointment ("What I want to say"). */
@Injectable()
export class Sheets {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** The 50 newest, newest first. */
  async list(viewer: Viewer): Promise<Sheet[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(sheets, { viewerId: viewer.memberId }),
    ]);
    return rows.map((row) => sheetOf(key, row));
  }

  async sources(viewer: Viewer, i18n: Translator): Promise<SheetSources> {
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
   * Creates a sheet with copies of the chosen items and check-ins, so that it does not change
   * later. Idempotent for the same key and content. @returns its id
   */
  async make(viewer: Viewer, i18n: Translator, form: SheetForm): Promise<string> {
    const sources = await this.sources(viewer, i18n);
    const sheet: SheetTexts = {
      title: form.title,
      wish: form.wish,
      happened: form.happened,
      questions: form.questions,
      know: form.know,
      items: sources.items
        .filter((item) => form.items.includes(item.row.id))
        .map((item) => ({ name: itemName(item, i18n), note: item.texts.note })),
      checkIns: sources.checkIns
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
    const idempotencyKey = idempotencyKeyFor(form.idempotencyKey, sheet);
    return this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const id = await this.vault.nextId(tx);
      const [made] = await this.sql.rowsIn(tx, insertSheet, {
        id,
        viewerId: viewer.memberId,
        words: key.seal(SHEET_FIELD, id, sheet),
        askLater: form.askLater,
        idempotencyKey,
        now: this.clock.now(),
      });
      const [existing] =
        made === undefined
          ? await this.sql.rowsIn(tx, sheetByKey, {
              viewerId: viewer.memberId,
              idempotencyKey,
            })
          : [made];
      if (existing === undefined) throw new Error('the sheet was neither inserted nor found');
      return existing.id;
    });
  }

  /** @throws NotFound if the member has no such sheet */
  async open(viewer: Viewer, id: string): Promise<Sheet> {
    const sheet = await this.find(viewer.memberId, id);
    if (sheet === null) throw new NotFound();
    return sheet;
  }

  async find(memberId: string, id: string | null): Promise<Sheet | null> {
    const row = await this.sql.first(oneSheet, { memberId, sheet: id });
    return row === null ? null : sheetOf(await this.vault.of(memberId), row);
  }

  /** @throws NotFound if the member has no such sheet */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.open(viewer, id);
    await this.sql.rows(removeSheet, { viewerId: viewer.memberId, id });
  }

  /** @param nearer empty if the member prefers not to say; the question is not asked again */
  async answer(viewer: Viewer, id: string, nearer: string): Promise<void> {
    const row = await this.sql.first(answerFollowUp, { viewerId: viewer.memberId, id, nearer });
    if (row === null) throw new NotFound();
  }
}

function sheetOf(key: PrivateKey | null, row: SheetRow): Sheet {
  return {
    id: row.id,
    createdAt: row.createdAt,
    texts: openTexts<SheetTexts>(key, SHEET_FIELD, row.id, row.words),
  };
}
