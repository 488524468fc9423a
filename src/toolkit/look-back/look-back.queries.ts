import { statement } from '../../kernel/sql.js';

export interface LookBackRecipient {
  memberId: string;
  locale: string | null;
}

/** Members on a break are skipped; their letter is written if they return within the month. */
export const dueLookBacks = statement<
  { month: string; madeAt: Date; until: Date; now: Date; last: string },
  LookBackRecipient
>(
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

/** The member's replies to others in the period, and the reactions to them. */
export const repliesAndThanks = statement<
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

export const insertLetter = statement<
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

/** The three newest years, newest first. */
export const lookBackLetters = statement<{ viewerId: string }, { id: string; month: string }>(
  'toolkit.letters',
  `
    select id, month::text
    from toolkit_letters
    where member_id = :viewerId
    order by month desc
    limit 36
  `,
);

export const oneLetter = statement<
  { memberId: string; letter: string },
  { id: string; month: string; words: Buffer }
>(
  'toolkit.letter',
  'select id, month::text, words from toolkit_letters where member_id = :memberId and id = :letter',
);
