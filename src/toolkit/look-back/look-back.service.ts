import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Messages } from '../../i18n/messages.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import { Translator } from '../../i18n/translator.js';
import { Outbox } from '../../outbox/outbox.js';
import { checkIns } from '../check-ins/check-ins.queries.js';
import { openCheckIn } from '../check-ins/check-ins.view.js';
import { openTexts } from '../items/item-texts.js';
import { composeLetter, LETTER_FIELD, monthBefore, type LetterFacts } from './look-back.js';
import {
  dueLookBacks,
  insertLetter,
  lookBackLetters,
  oneLetter,
  repliesAndThanks,
  type LookBackRecipient,
} from './look-back.queries.js';
import { lookBackComposed } from '../core/toolkit.events.js';

/** A month's letter; `facts` is null if decryption fails. `month` is its first day. */
export interface Letter {
  month: string;
  facts: LetterFacts | null;
}

const MAX_NOTES = 1_000;

/** Monthly letters, for members who asked for them, composed from their own check-ins. */
@Injectable()
export class LookBacks {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly messages: Messages,
  ) {}

  async list(memberId: string): Promise<{ id: string; month: string }[]> {
    return this.sql.rows(lookBackLetters, { viewerId: memberId });
  }

  /** @throws NotFound if the member has no such letter */
  async open(memberId: string, id: string): Promise<Letter> {
    const row = await this.sql.first(oneLetter, { memberId, letter: id });
    if (row === null) throw new NotFound();
    const key = await this.vault.of(memberId);
    return {
      month: row.month,
      facts: openTexts<LetterFacts>(key, LETTER_FIELD, row.id, row.words),
    };
  }

  /** Writes last month's letters. Idempotent: one letter for each member and month. */
  async writeDue(): Promise<void> {
    const { month, from, until } = monthBefore(this.clock.now());
    let last = '0';
    for (;;) {
      const members = await this.sql.rows(dueLookBacks, {
        month,
        madeAt: from,
        until,
        now: this.clock.now(),
        last,
      });
      for (const member of members) await this.write(member, month, from, until);
      if (members.length === 0) return;
      last = members.at(-1)?.memberId ?? last;
    }
  }

  private async write(
    { memberId, locale }: LookBackRecipient,
    month: string,
    from: Date,
    until: Date,
  ): Promise<void> {
    const i18n = new Translator(this.messages, this.messages.supported(locale), this.clock.now());
    await this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, memberId);
      const notes = (
        await this.sql.rowsIn(tx, checkIns, { memberId, since: from, until, limit: MAX_NOTES })
      ).map((row) => openCheckIn(key, row, i18n));
      const [forOthers] = await this.sql.rowsIn(tx, repliesAndThanks, {
        memberId,
        createdAt: from,
        until,
      });
      const letter = composeLetter(notes, forOthers ?? { replies: 0, thanks: 0 });
      if (letter === null) return;
      const id = await this.vault.nextId(tx);
      const [inserted] = await this.sql.rowsIn(tx, insertLetter, {
        id,
        memberId,
        month,
        words: key.seal(LETTER_FIELD, id, letter),
        now: this.clock.now(),
      });
      if (inserted !== undefined)
        await this.outbox.append(tx, lookBackComposed({ letterId: inserted.id }));
    });
  }
}
