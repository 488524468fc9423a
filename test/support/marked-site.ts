import type { TestApp } from './app.js';
import type { Browser } from './browser.js';
import { privateId } from './private-rows.js';

/** A word in all planted texts, so that a search for it can find each of them. */
export const COMMON = 'lanternfish';

/** The word planted under a name: only letters, and found nowhere else. */
export const marker = (name: string): string => `zq${name.replaceAll('-', 'q')}qz`;

const words = (name: string): string => `${COMMON} ${marker(name)}`;

/** Plants a marker wherever a person can write, so that crawling shows who can see it. */
export async function plantCanaries(site: TestApp): Promise<string[]> {
  const { make } = site;
  const planted: string[] = [];
  const plant = (name: string): string => {
    planted.push(name);
    return words(name);
  };
  for (const [slug, visibility] of [
    ['town', 'public'],
    ['circle', 'members'],
    ['gate', 'approval'],
    ['hush', 'unlisted'],
    ['other-place', 'public'],
  ] as const) {
    await make.community({ slug, visibility });
    await make.rows(
      `
        update communities
        set join_question = $2, summary = $3, welcome = $4, welcome_html = $4, purpose = $5,
          purpose_html = $5
        where slug = $1
      `,
      [
        slug,
        'Why here?',
        plant(`${slug}-sentence`),
        plant(`${slug}-welcome`),
        plant(`${slug}-purpose`),
      ],
    );
  }
  for (const slug of ['town', 'circle', 'gate', 'hush']) {
    for (const person of ['writer', 'twin', 'friend', 'suspended-one'])
      await make.join(person, slug);
    await make.join('moderator', slug, 'moderator');
  }
  await make.join('elsewhere', 'other-place', 'moderator');
  for (const person of ['stranger', 'visitor', 'overstayed', 'former']) await make.member(person);
  await make.member('admin-one', { role: 'admin' });
  await make.rows(
    `update members set suspended_until = now() + interval '30 days' where handle = 'suspended-one'`,
  );
  const seat = (handle: string, ends: string) =>
    make.rows(
      `
        insert into memberships (community_id, member_id, state, expires_at)
        select c.id, m.id, 'visiting', now() + $2::interval
        from communities c, members m
        where c.slug = 'circle' and m.handle = $1
      `,
      [handle, ends],
    );
  await seat('visitor', '3 days');
  await seat('overstayed', '-1 minute');
  await make.rows(`update members set about = $1 where handle = 'writer'`, [
    plant('profile-about'),
  ]);

  const thread = async (
    name: string,
    community: string,
    change = '',
    alias?: string,
  ): Promise<string> => {
    const id = await make.thread({
      community,
      author: 'writer',
      title: plant(`${name}-title`),
      body: plant(`${name}-body`),
      ...(alias === undefined ? {} : { alias }),
    });
    await make.rows('update posts set summary = $2 where thread_id = $1', [
      id,
      plant(`${name}-summary`),
    ]);
    if (change !== '') await make.rows(`update posts set ${change} where thread_id = $1`, [id]);
    return id;
  };
  for (const place of ['town', 'circle', 'gate', 'hush']) {
    const id = await thread(place, place);
    await make.reply({ thread: id, author: 'writer', body: plant(`${place}-reply`) });
    await make.reply({ thread: id, author: 'former', body: plant(`${place}-former`) });
  }
  for (const status of ['held', 'hidden', 'removed', 'withdrawn']) {
    const id = await thread(
      `${status}-thread`,
      'town',
      `status = '${status}'${status === 'held' ? `, held_for = 'crisis', held_at = now()` : ''}`,
    );
    await make.rows('update threads set status = $2 where id = $1', [id, status]);
    await make.reply({ thread: id, author: 'friend', body: plant(`${status}-thread-reply`) });
  }
  await thread('members-only-thread', 'town', 'members_only = true');
  await thread('urgent-thread', 'town', `tier = 'urgent', folded = true`);
  await thread('alias-thread', 'town', '', 'quiet-lamp');
  const open = await make.thread({ community: 'town', author: 'opener', title: 'An open talk' });
  const reply = async (name: string, change: string, alias?: string): Promise<string> => {
    const id = await make.reply({
      thread: open,
      author: 'writer',
      body: plant(name),
      ...(alias === undefined ? {} : { alias }),
    });
    await make.rows(`update posts set ${change} where id = $1`, [id]);
    await make.rows(
      `
        insert into post_versions (post_id, version, body, body_html, content_warnings)
        select id, 1, $2, $2, '{}'
        from posts
        where id = $1
      `,
      [id, plant(`${name}-before`)],
    );
    return id;
  };
  await reply('shown-reply', 'version = 2, edited_at = now()');
  await reply('held-reply', `status = 'held', held_for = 'crisis', held_at = now()`);
  await reply('returned-reply', `status = 'held', held_for = 'returned', held_at = now()`);
  const hidden = await reply('hidden-reply', `status = 'hidden'`);
  await reply('removed-reply', `status = 'removed'`);
  await reply('withdrawn-reply', `status = 'withdrawn', withdrawn_at = now()`);
  await reply('alias-reply', 'version = 2, edited_at = now()', 'soft-rain');
  await reply('members-only-reply', 'members_only = true');
  await reply('crisis-reply', `tier = 'crisis', folded = true`);

  const strategy = async (
    slug: string,
    status: 'draft' | 'proposed' | 'published' | 'declined' | 'withdrawn',
  ): Promise<void> => {
    await make.strategy({ slug, status, author: 'writer' });
    await make.rows(
      `
        update coping_strategies
        set name = $2, summary = $3, steps = $4, moderator_note = $5
        where slug = $1
      `,
      [
        slug,
        plant(`${slug}-name`),
        plant(`${slug}-words`),
        [plant(`${slug}-step`)],
        plant(`${slug}-note`),
      ],
    );
  };
  await strategy('shown-strategy', 'published');
  await strategy('proposed-strategy', 'proposed');
  await strategy('declined-strategy', 'declined');
  await strategy('withdrawn-strategy', 'withdrawn');
  // All of the writer's posts are tagged with the strategy.
  await make.rows(
    `
      insert into post_strategies (post_id, strategy_id, state)
      select p.id, s.id, 'accepted'
      from posts p
      join members m on m.id = p.author_id and m.handle = 'writer', coping_strategies s
      where s.slug = 'shown-strategy'
    `,
  );
  await make.rows(
    `
      insert into thread_steps (thread_id, step, created_at)
      select id, 'waiting', now()
      from threads
    `,
  );

  const caseId = await make.case({ post: hidden });
  const decision = await make.decision({ case: caseId, actor: 'moderator' });
  const [ids] = (await make.rows(
    `
      select (select id from members where handle = 'writer') as writer,
        (select id from members where handle = 'friend') as friend,
        (select id from members where handle = 'moderator') as mod
    `,
  )) as [{ writer: string; friend: string; mod: string }];
  await make.rows('update decisions set reason = $2 where id = $1', [
    decision,
    plant('decision-reason'),
  ]);
  await make.rows(
    `
      insert into reports (number, case_id, post_id, reporter_id, reason, note, snapshot,
        created_at)
      values ('ABCDEFGH', $1, $2, $3, 'self-harm', $4, $5, now())
    `,
    [
      caseId,
      hidden,
      ids.friend,
      plant('report-note'),
      JSON.stringify({ body: plant('report-snapshot') }),
    ],
  );
  await make.rows(
    'insert into case_notes (case_id, author_id, body, created_at) values ($1, $2, $3, now())',
    [caseId, ids.mod, plant('case-note')],
  );
  await make.rows(
    'insert into member_notes (member_id, author_id, body, created_at) values ($1, $2, $3, now())',
    [ids.writer, ids.mod, plant('member-note')],
  );
  await make.rows(
    `
      insert into decision_messages (decision_id, author_id, from_team, body, created_at)
      values ($1, $2, false, $3, now())
    `,
    [decision, ids.writer, plant('decision-message')],
  );
  await make.rows(
    `
      insert into appeals (decision_id, case_id, appellant_id, appellant, statement, created_at)
      values ($1, $2, $3, 'author', $4, now())
    `,
    [decision, caseId, ids.writer, plant('appeal-statement')],
  );
  await make.rows(
    `
      insert into community_prompts (community_id, kind, title, body, weekday, hour, created_at)
      select id, 'check-in', $1, $2, 1, 9, now()
      from communities
      where slug = 'circle'
    `,
    [plant('prompt-title'), plant('prompt-body')],
  );
  await make.rows(
    `
      insert into supporters (community_id, member_id, state, why, asked_at)
      select id, $1, 'asked', $2, now()
      from communities
      where slug = 'circle'
    `,
    [ids.writer, plant('supporter-why')],
  );
  await make.rows(
    'insert into group_requests (member_id, wish, why, created_at) values ($1, $2, $3, now())',
    [ids.writer, plant('group-wish'), plant('group-why')],
  );
  await make.rows(
    `
      insert into member_answers (member_id, community_id, about, accepted, words, created_at)
      select $1, id, 'join', false, $2, now()
      from communities
      where slug = 'gate'
    `,
    [ids.writer, plant('join-answer')],
  );
  await make.rows('insert into drafts (member_id, place, fields) values ($1, $2, $3)', [
    ids.writer,
    `/t/${open}/replies`,
    JSON.stringify({ body: plant('draft-body') }),
  ]);
  // A digest lists the newest notices only: those of members-only posts are among them.
  await make.rows(
    `
      insert into notices (member_id, kind, thread_id, post_id)
      select m.id, 'reply-to-thread', p.thread_id, p.id
      from posts p, members m
      where m.handle in ('stranger', 'former', 'overstayed', 'suspended-one', 'elsewhere', 'friend')
      order by p.members_only, p.id, m.id
    `,
  );
  await make.rows(
    `
      insert into thread_saves (member_id, thread_id, saved_at)
      select m.id, t.id, now()
      from threads t, members m
      where m.role = 'member'
    `,
  );
  await make.rows(
    `
      insert into thread_follows (thread_id, member_id, level)
      select t.id, m.id, 'following'
      from threads t, members m
      where m.role = 'member'
      on conflict
      do nothing
    `,
  );
  return planted;
}

/**
 * The URLs for a GET route of the census: one for every existing id, and one for an id that does
 * not exist.
 */
export async function waysInto(site: TestApp, routes: string[]): Promise<string[]> {
  const ids = async (sql: string): Promise<string[]> =>
    ((await site.make.rows(sql)) as { id: string }[]).map(({ id }) => id);
  const lists: Record<string, string[]> = {
    '/t/': await ids('select id from threads order by id'),
    '/posts/': await ids('select id from posts'),
    '/mod/cases/': await ids('select id from review_cases'),
    '/decisions/': await ids('select id from decisions'),
    '/find/requests/': await ids('select id from group_requests'),
    '/admin/requests/': await ids('select id from group_requests'),
    '/answers/': await ids('select id from member_answers'),
    '/visits/': await ids('select id from communities'),
    '/digests/': [
      await site.make.digest('writer'),
      await site.make.digest('former'),
      await site.make.digest('overstayed'),
      await site.make.digest('suspended-one'),
    ],
    '/notifications/': await ids(`select max(n.id) as id from notices n group by member_id`),
    '/toolkit/': [await privateId(site.make, 'writer', '/toolkit/sheets/:id', '')],
  };
  const communities = await ids('select slug as id from communities');
  const strategies = await ids('select slug as id from coping_strategies');
  const codes = await ids('select card_code as id from communities');
  const ways = new Set<string>();
  for (const row of routes) {
    const path = row.replace('GET ', '');
    const values: Record<string, string[]> = {
      id: Object.entries(lists).find(([start]) => path.startsWith(start))?.[1] ?? ['1'],
      slug: /\/(strategies|use)\/:slug/.test(path) ? strategies : communities,
      code: codes,
      handle: ['writer', 'twin', 'friend', 'moderator', 'former'],
      number: ['ABCDEFGH'],
      name: ['pages.xml', 'threads-1.xml'],
      token: ['x'.repeat(43)],
      record: ['1'],
      kind: ['check-in'],
    };
    let made = [path];
    for (const [, name = ''] of path.matchAll(/:(\w+)/g))
      made = made.flatMap((one) =>
        [...(values[name] ?? ['1']), name === 'id' ? '987654321' : 'no-such-one'].map((value) =>
          one.replace(`:${name}`, value),
        ),
      );
    for (const one of made) ways.add(one);
  }
  for (const place of ['threads', 'strategies', 'communities'])
    for (const sort of ['', '&sort=new']) ways.add(`/search?q=${COMMON}&in=${place}${sort}`);
  for (const slug of communities)
    for (const tail of ['sort=new', 'sort=unanswered']) ways.add(`/c/${slug}?${tail}`);
  for (const id of lists['/t/'] ?? [])
    for (const tail of ['show=1&reply=1', 'show=2&reply=2']) ways.add(`/t/${id}?${tail}`);
  for (const number of [3, 4, 5, 6, 7, 8, 9])
    ways.add(`/t/${lists['/t/']?.at(-1) ?? ''}?show=${number}&reply=${number}`);
  for (const path of [
    `/mine?q=${COMMON}`,
    `/find?q=${COMMON}`,
    `/strategies?q=${COMMON}`,
    `/communities?q=${COMMON}`,
    '/bridge?step=waiting',
  ])
    ways.add(path);
  return [...ways];
}

/** Requests each URL, a few at a time. */
export async function walk(
  browser: Browser,
  ways: string[],
  look: (path: string, html: string, status: number) => void,
): Promise<void> {
  const queue = [...ways];
  const walker = async (): Promise<void> => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const { html, status } = await browser.get(path);
      look(path, html, status);
    }
  };
  await Promise.all(Array.from({ length: 6 }, walker));
}

/** Which visitor saw which marker where; `failures` lists errors. */
export async function crawl(
  browser: Browser,
  ways: string[],
  markers: string[],
): Promise<Map<string, string[]>> {
  const met = new Map<string, string[]>();
  const note = (name: string, path: string): void =>
    void met.set(name, [...(met.get(name) ?? []), path]);
  await walk(browser, ways, (path, html, status) => {
    if (status >= 500) note('failures', `${status} ${path}`);
    for (const name of markers) if (html.includes(marker(name))) note(name, path);
  });
  return met;
}
