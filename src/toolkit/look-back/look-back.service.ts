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
const due = statement<Due>(
  'toolkit.look-backs-due',
  `
    select m.id as "memberId", m.locale
    from toolkit_settings s
    join members m on m.id = s.member_id
      and m.closed_at is null
      and (m.break_until is null or m.break_until < $4)
   where s.look_back
     and not exists (select 1 from toolkit_letters l where l.member_id = m.id and l.month = $1)
     and (exists (select 1
       from check_ins c
       where c.member_id = m.id and c.made_at >= $2 and c.made_at < $3)
       or exists (select 1
         from posts p
         where p.author_id = m.id
           and p.number > 1
           and p.status = 'published'
           and p.created_at >= $2
           and p.created_at < $3))
     and m.id > $5 order by m.id limit 200`,
);
const others = statement<{ replies: number; thanks: number }>(
  'toolkit.there-for-others',
  `
    select (select count(*)::int
      from posts p
      where p.author_id = $1
        and p.number > 1
        and p.status = 'published'
        and p.created_at >= $2
        and p.created_at < $3) as replies,
          (select count(*)::int
            from reactions r
            join posts p on p.id = r.post_id
            where p.author_id = $1
              and r.member_id <> $1
              and r.kind in ('helped', 'thank-you')
              and p.created_at >= $2
              and p.created_at < $3) as thanks`,
);
const insert = statement<{ id: string }>(
  'toolkit.insert-letter',
  `
    insert into toolkit_letters (id, member_id, month, words, created_at)
    values ($1, $2, $3, $4, $5)
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
      const members = await this.sql.rows(due, [month, from, until, this.clock.now(), last]);
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
      const notes = (await this.sql.rowsIn(tx, checkIns, [memberId, from, until, MOST_NOTES])).map(
        (row) => openCheckIn(key, row, i18n),
      );
      const [there] = await this.sql.rowsIn(tx, others, [memberId, from, until]);
      const letter = composeLetter(notes, there ?? { replies: 0, thanks: 0 });
      if (letter === null) return;
      const id = await this.vault.nextId(tx);
      const [made] = await this.sql.rowsIn(tx, insert, [
        id,
        memberId,
        month,
        key.seal(LETTER_FIELD, id, letter),
        this.clock.now(),
      ]);
      if (made !== undefined) await this.outbox.append(tx, lookBackComposed({ letterId: made.id }));
    });
  }
}
