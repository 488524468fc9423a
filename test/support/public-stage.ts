import type { Factory } from './factory.js';

/**
 * Creates a site on which every public page shows something of every table that it reads.
 * @returns the pages
 */
export async function publicStage(make: Factory): Promise<readonly string[]> {
  await make.community({ slug: 'tea', topics: ['mornings'], searchEngines: true });
  await make.community({ slug: 'toast' });
  await make.join('tea-mod', 'tea', 'moderator');
  await make.join('tea-helper', 'tea', 'supporter');
  await make.join('ann', 'tea');
  await make.rows(`update communities set difficulties = '{anxiety}', situations = '{caring}'`);
  await make.community({ slug: 'milk' });
  await make.rows(
    `insert into community_fit (community_id, members, threads, first_reply_minutes,
       answered_in_day, listen, experiences, advice, notes, computed_at)
     select id, 40, 40, 50, 0.8, 0.5, 0.3, 0.2, '{self-harm}', now() from communities`,
  );
  await make.rows(
    `insert into community_neighbours
     select c.id, o.id, 9 from communities c join communities o on o.id <> c.id`,
  );
  await make.folder({ community: 'tea', name: 'Kept together' });

  const thread = await make.thread({
    community: 'tea',
    author: 'ann',
    alias: 'quiet-lamp',
    notes: ['self-harm'],
  });
  const told = await make.reply({ thread, author: 'tea-helper', body: 'It helped me.' });
  const quoting = await make.reply({ thread, author: 'ann', body: 'Thank you.' });
  await make.reply({ thread, author: 'bob', body: 'And me.' });
  await make.rows('update posts set is_update = true where id = $1', [quoting]);
  await make.rows('insert into post_quotes values ($1, $2, 1, 1)', [quoting, told]);
  await make.rows(
    `insert into thread_updates values ($1, 'All is well.', true, null, now() - interval '1 day')`,
    [thread],
  );
  await make.rows(
    `insert into polls (thread_id, question, several, results, closes_at, created_at)
     values ($1, 'Which one?', false, 'closed', now() - interval '1 hour', now())`,
    [thread],
  );
  await make.rows(
    `insert into poll_options (poll_id, position, text)
     select id, n, 'Answer ' || n from polls, generate_series(1, 2) n`,
  );
  await make.thread({ community: 'tea', author: 'bob', locked: true });
  await make.rows(
    `update threads set pinned_at = now() where id <> $1 and community_id = (
       select id from communities where slug = 'tea')`,
    [thread],
  );

  const slug = await make.strategy({
    author: 'ann',
    needs: ['tense'],
    kinds: ['grounding'],
    minutes: 3,
  });
  await make.strategy({ needs: ['tense'], minutes: 4 });
  await make.rows(
    `insert into post_strategies (post_id, strategy_id, state)
     select $1, id, 'accepted' from coping_strategies where slug = $2`,
    [told, slug],
  );
  for (let n = 0; n < 12; n += 1) await make.member(`voice-${n}`);
  const voices = `select id, row_number() over (order by id) as n from members
    where handle like 'voice-%'`;
  await make.rows(
    `insert into poll_votes select (select min(id) from poll_options), id, now() from (${voices}) v`,
  );
  await make.rows(
    `insert into strategy_feedback (strategy_id, member_id, helped, need)
     select s.id, v.id, v.n < 9, 'tense' from coping_strategies s, (${voices}) v
     where s.slug = $1`,
    [slug],
  );
  await make.rows(
    `insert into check_ins (id, member_id, strategy_id, before, after, pooled, made_at)
     select v.n, v.id, s.id, 8, 4, true, now() from coping_strategies s, (${voices}) v
     where s.slug = $1`,
    [slug],
  );
  await make.rows(
    `insert into resources (slug, name, kind, summary, url, countries, languages, created_at,
       updated_at)
     values ('a-place', 'A place', 'peer', 'To talk.', 'https://example.org', '{GB}', '{en}', now(),
       now())`,
  );
  return [
    '/',
    '/communities',
    '/c/tea',
    '/c/tea/guidelines',
    `/t/${thread}`,
    '/resources',
    '/strategies',
    `/strategies/${slug}`,
    '/about',
    '/privacy',
    '/guidelines',
    '/leaving-quickly',
    '/help-now',
  ];
}
