import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Messages } from '../../i18n/messages.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import { Translator } from '../../i18n/translator.js';
import { Outbox } from '../../outbox/outbox.js';
import { checkIns } from '../check-ins/check-ins.queries.js';
import { openCheckIn } from '../check-ins/check-ins.view.js';
import { composeLetter, LETTER_FIELD, monthBefore } from './look-back.js';
import { lookBackComposed } from '../core/toolkit.events.js';

interface Due {
  memberId: string;
  locale: string | null;
}

// Who takes a break is left in peace; the letter comes once they are back within the month.
const due = statement<{ month: string; madeAt: Date; until: Date; now: Date; last: string }, Due>(
  'toolkit.look-backs-due',
  `
    select m.id as "memberId", m.locale
    from toolkit_settings s
    join members m on m.id = s.member_id
      and m.closed_at is null
      and (m.break_until is null or m.break_until < :now)
   where s.look_back
     and not exists (select 1 from toolkit_letters l where l.member_id = m.id and l.month = :month)
     and (exists (select 1
       from check_ins c
       where c.member_id = m.id and c.made_at >= :madeAt and c.made_at < :until)
       or exists (select 1
         from posts p
         where p.author_id = m.id
           and p.number > 1
           and p.status = 'published'
           and p.created_at >= :madeAt
           and p.created_at < :until))
     and m.id > :last order by m.id limit 200`,
);
const others = statement<
  { memberId: string; createdAt: Date; until: Date },
  { replies: number; thanks: number }
>(
  'toolkit.there-for-others',
  `
    select (select count(*)::int
      from posts p
      where p.author_id = :memberId
        and p.number > 1
        and p.status = 'published'
        and p.created_at >= :createdAt
        and p.created_at < :until) as replies,
          (select count(*)::int
            from reactions r
            join posts p on p.id = r.post_id
            where p.author_id = :memberId
              and r.member_id <> :memberId
              and r.kind in ('helped', 'thank-you')
              and p.created_at >= :createdAt
              and p.created_at < :until) as thanks`,
);
const insert = statement<
  { id: string; memberId: string; month: string; words: Buffer; now: Date },
  { id: string }
>(
  'toolkit.insert-letter',
  `
    insert into toolkit_letters (id, member_id, month, words, created_at)
    values (:id, :memberId, :month, :words, :now)
    on conflict (member_id, month)
    do nothing
    returning id
  `,
);

const MOST_NOTES = 1_000;

/**
 * Writes the look back of the month before for whoever asked for one: one letter a member and
 * month, however often this runs.
 */
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

  async writeDue(): Promise<void> {
    const { month, from, until } = monthBefore(this.clock.now());
    let last = '0';
    for (;;) {
      const members = await this.sql.rows(due, {
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
    { memberId, locale }: Due,
    month: string,
    from: Date,
    until: Date,
  ): Promise<void> {
    const i18n = new Translator(this.messages, locale ?? 'en', this.clock.now());
    await this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, memberId);
      const notes = (
        await this.sql.rowsIn(tx, checkIns, { memberId, since: from, until, limit: MOST_NOTES })
      ).map((row) => openCheckIn(key, row, i18n));
      const [there] = await this.sql.rowsIn(tx, others, { memberId, createdAt: from, until });
      const letter = composeLetter(notes, there ?? { replies: 0, thanks: 0 });
      if (letter === null) return;
      const id = await this.vault.nextId(tx);
      const [made] = await this.sql.rowsIn(tx, insert, {
        id,
        memberId,
        month,
        words: key.seal(LETTER_FIELD, id, letter),
        now: this.clock.now(),
      });
      if (made !== undefined) await this.outbox.append(tx, lookBackComposed({ letterId: made.id }));
    });
  }
}
