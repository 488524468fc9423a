import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Sql, statement, executeIn } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import {
  SafetyPlans,
  type EmergencyCard,
  type SafetyPlan,
} from '../../safety-plans/safety-plans.js';
import { CHECK_IN_FIELD, type CheckInTexts } from '../core/check-in-texts.js';
import { collectionName, openItem, openTexts } from '../items/item-texts.js';
import { collections, completeItems } from '../items/items.queries.js';
import { itemName, stepsOf } from '../items/items.view.js';
import { LETTER_FIELD, type LetterFacts } from '../look-back/look-back.js';
import { SHEET_FIELD, type SheetTexts } from '../appointments/sheet-texts.js';

interface SealedRow {
  id: string;
  words: Buffer | null;
  at: Date;
}

const checkIns = statement<
  { memberId: string },
  SealedRow & {
    level: number | null;
    before: number | null;
    after: number | null;
    itemId: string | null;
    strategy: string | null;
  }
>(
  'toolkit.all-check-ins',
  `
    select c.id, c.words, c.made_at as at, c.level, c.before, c.after, c.item_id as "itemId",
      s.name as strategy
   from check_ins c
   left join coping_strategies s on s.id = c.strategy_id and s.status = 'published'
   where c.member_id = :memberId
   order by c.made_at, c.id`,
);
const sheets = statement<{ memberId: string }, SealedRow>(
  'toolkit.all-sheets',
  'select id, words, created_at as at from toolkit_sheets where member_id = :memberId order by id',
);
const letters = statement<{ memberId: string }, SealedRow & { month: string }>(
  'toolkit.all-letters',
  `
    select id, words, created_at as at, month::text
    from toolkit_letters
    where member_id = :memberId
    order by month
  `,
);
const ERASED_TABLES = [
  'toolkit_shares',
  'toolkit_sheets',
  'toolkit_letters',
  'check_ins',
  'toolkit_collections',
  'toolkit_items',
  'toolkit_settings',
];

/** A member's whole toolkit, decrypted, in the format of the exported JSON. */
export interface ExportedToolkit {
  made: string;
  card: EmergencyCard | null;
  /** Its items are named, as their ids mean nothing outside the site. */
  plan: SafetyPlan | null;
  items: {
    name: string;
    strategy: string | null;
    from: string | null;
    summary: string | null;
    note: string;
    steps: string[];
    ownSteps: boolean;
    collections: string[];
    saved: string;
  }[];
  checkIns: {
    at: string;
    about: string | null;
    level: number | null;
    before: number | null;
    after: number | null;
    word: string;
    note: string;
  }[];
  sheets: ({ at: string } & SheetTexts)[];
  letters: ({ month: string } & LetterFacts)[];
}

@Injectable()
export class ToolkitExport {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly plans: SafetyPlans,
    private readonly clock: Clock,
  ) {}

  async all(viewer: Viewer, i18n: Translator): Promise<ExportedToolkit> {
    const mine = { memberId: viewer.memberId };
    const [key, itemRows, named, own, checkInRows, sheetRows, letterRows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(completeItems, mine),
      this.sql.rows(collections, mine),
      this.plans.of(viewer.memberId),
      this.sql.rows(checkIns, mine),
      this.sql.rows(sheets, mine),
      this.sql.rows(letters, mine),
    ]);
    const items = itemRows.map((row) => openItem(key, row));
    const names = new Map(named.map((row) => [row.id, collectionName(key, row) ?? '']));
    const nameOf = new Map(items.map((item) => [item.row.id, itemName(item, i18n)]));
    return {
      made: this.clock.now().toISOString(),
      card: own.card,
      plan:
        own.plan === null
          ? null
          : { ...own.plan, items: own.plan.items.flatMap((id) => nameOf.get(id) ?? []) },
      items: items.map((item) => ({
        name: itemName(item, i18n),
        strategy: item.row.name,
        from: item.row.credit,
        summary: item.row.summary,
        note: item.texts.note,
        steps: stepsOf(item),
        ownSteps: item.texts.steps.length > 0,
        collections: item.row.collections.flatMap((id) => names.get(id) ?? []),
        saved: item.row.savedAt.toISOString(),
      })),
      checkIns: checkInRows.map((row) => ({
        at: row.at.toISOString(),
        about: row.itemId === null ? row.strategy : (nameOf.get(row.itemId) ?? row.strategy),
        level: row.level,
        before: row.before,
        after: row.after,
        ...(openTexts<CheckInTexts>(key, CHECK_IN_FIELD, row.id, row.words) ?? {
          word: '',
          note: '',
        }),
      })),
      sheets: sheetRows.flatMap((row) => {
        const opened = openTexts<SheetTexts>(key, SHEET_FIELD, row.id, row.words);
        return opened === null ? [] : [{ at: row.at.toISOString(), ...opened }];
      }),
      letters: letterRows.flatMap((row) => {
        const opened = openTexts<LetterFacts>(key, LETTER_FIELD, row.id, row.words);
        return opened === null ? [] : [{ month: row.month, ...opened }];
      }),
    };
  }

  /** Erases every private text and its encryption key. The account and posts are kept. */
  async erase(viewer: Viewer): Promise<void> {
    await this.database.inTransaction((tx) => this.eraseIn(tx, viewer.memberId));
  }

  async eraseIn(tx: Tx, memberId: string): Promise<void> {
    // Erases the key first: without it nothing is readable, and its lock waits for writes in
    // progress.
    await this.vault.erase(tx, memberId);
    await this.plans.eraseIn(tx, memberId);
    for (const table of ERASED_TABLES)
      await executeIn(tx, `delete from ${table} where member_id = :memberId`, { memberId });
  }
}
