import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { idempotencyKeyFor } from '../../kernel/ids.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { Vault } from '../../vault/vault.js';
import { CHECK_IN_FIELD, type CheckInTexts } from '../core/check-in-texts.js';
import type { CheckInForm, DayForm } from '../core/toolkit.dto.js';
import { checkIns } from './check-ins.queries.js';
import { openCheckIn, type CheckIn } from './check-ins.view.js';

const insert = statement<
  {
    id: string;
    viewerId: string;
    strategyId: string | null;
    itemId: string | null;
    level: number | null;
    before: number | null;
    after: number | null;
    pooled: boolean;
    sealed: Buffer | null;
    key: string | null;
    now: Date;
  },
  { id: string }
>(
  'toolkit.insert-check-in',
  `
    insert into check_ins (id, member_id, strategy_id, item_id, level, before, after, pooled, words,
      idempotency_key, made_at)
    values (:id, :viewerId, :strategyId, :itemId, :level, :before, :after, :pooled, :sealed, :key,
      :now)
   on conflict do nothing returning id`,
);
const count = statement<{ viewerId: string; itemId: string; now: Date }, object>(
  'toolkit.count-use',
  `
    update toolkit_items
    set used = used + 1, used_at = :now
    where member_id = :viewerId and id = :itemId
  `,
);
const known = statement<{ viewerId: string; key: string }, { id: string }>(
  'toolkit.known-check-in',
  'select id from check_ins where member_id = :viewerId and idempotency_key = :key',
);
const remove = statement<{ viewerId: string; id: string }, { id: string }>(
  'toolkit.remove-check-in',
  'delete from check_ins where member_id = :viewerId and id = :id returning id',
);

interface NewCheckIn {
  strategyId: string | null;
  itemId: string | null;
  level: number | undefined;
  before: number | undefined;
  after: number | undefined;
  pooled: boolean;
  words: CheckInTexts;
  key: string;
}

/** Voluntary check-ins: nothing prompts for more of them, and gaps are not counted. */
@Injectable()
export class CheckIns {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Newest first, decrypted. @param until exclusive */
  async list(
    viewer: Viewer,
    period: { since: Date; until: Date; limit: number },
    i18n: Translator,
  ): Promise<CheckIn[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(checkIns, { memberId: viewer.memberId, ...period }),
    ]);
    return rows.map((row) => openCheckIn(key, row, i18n));
  }

  /** Records a check-in after an exercise, and counts the use of the item. */
  async ofUse(
    viewer: Viewer,
    used: { strategyId: string | null; itemId: string | null },
    form: CheckInForm,
  ): Promise<void> {
    await this.add(viewer, {
      ...used,
      level: undefined,
      before: form.before,
      after: form.after,
      pooled: form.pool && used.strategyId !== null,
      words: { word: '', note: form.note },
      key: form.idempotencyKey,
    });
  }

  /** Records a check-in about the day, without an exercise. */
  async ofDay(viewer: Viewer, form: DayForm): Promise<void> {
    await this.add(viewer, {
      strategyId: null,
      itemId: null,
      level: form.level,
      before: undefined,
      after: undefined,
      pooled: false,
      words: { word: form.word, note: form.note },
      key: form.idempotencyKey,
    });
  }

  async remove(viewer: Viewer, id: string): Promise<void> {
    const gone = await this.sql.first(remove, { viewerId: viewer.memberId, id });
    if (gone === null) throw new NotFound();
  }

  private async add(viewer: Viewer, row: NewCheckIn): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const { key: formKey, ...said } = row;
      const key = idempotencyKeyFor(formKey, said);
      if (
        key !== null &&
        (await this.sql.rowsIn(tx, known, { viewerId: viewer.memberId, key })).length > 0
      )
        return;
      const id = await this.vault.nextId(tx);
      const hasWords = row.words.word !== '' || row.words.note !== '';
      const sealed = hasWords
        ? (await this.vault.forWriting(tx, viewer.memberId)).seal(CHECK_IN_FIELD, id, row.words)
        : null;
      const now = this.clock.now();
      const inserted = await this.sql.rowsIn(tx, insert, {
        id,
        viewerId: viewer.memberId,
        strategyId: row.strategyId,
        itemId: row.itemId,
        level: row.level ?? null,
        before: row.before ?? null,
        after: row.after ?? null,
        pooled: row.pooled,
        sealed,
        key,
        now,
      });
      if (row.itemId !== null && inserted.length > 0)
        await this.sql.rowsIn(tx, count, { viewerId: viewer.memberId, itemId: row.itemId, now });
    });
  }
}
