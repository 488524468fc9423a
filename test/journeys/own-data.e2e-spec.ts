import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '../../src/accounts/password.js';
import { AccountClosure } from '../../src/account-data/account-closure.service.js';
import { parts } from '../../src/account-data/exported-parts.js';
import { DataExport } from '../../src/account-data/data-export.service.js';
import { PostVersions } from '../../src/posts/post-versions.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const DAY = 86_400_000;
const PASSWORD = 'a long and quiet word';

describe('a member’s own data', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'a-place' });
    for (const handle of ['ann', 'ben', 'cara', 'dora']) await site.make.join(handle, 'a-place');
    await site.make.rows('update members set password_hash = $1', [await hashPassword(PASSWORD)]);
  });
  afterAll(() => site.close());

  const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await site.make.rows(text, values)) as T[];
  const close = (browser: Browser, words: string) =>
    browser.post('/settings/data/close', { words, password: PASSWORD });

  it('is exported as JSON and as a page, including alias posts and nobody else’s text', async () => {
    const thread = await site.make.thread({
      community: 'a-place',
      author: 'ann',
      alias: 'quiet-lamp',
      body: 'Under another name.',
    });
    await site.make.reply({ thread, author: 'ben', body: 'What ben said.' });
    const ann = await site.as('ann');
    const json = await ann.get('/settings/data/my-data.json');
    expect(json.headers.get('content-disposition')).toContain('my-data.json');
    const file = JSON.parse(json.html) as {
      account: { handle: string }[];
      posts: { body: string; writtenAs: string }[];
      memberships: { slug: string }[];
    };
    expect(file.account[0]?.handle).toBe('ann');
    expect(file.memberships.map((each) => each.slug)).toEqual(['a-place']);
    expect(file.posts).toEqual([
      expect.objectContaining({ body: 'Under another name.', writtenAs: 'quiet-lamp' }),
    ]);
    expect(json.html).not.toContain('What ben said.');
    expect(json.html).not.toContain('argon2');
    const readable = await ann.get('/settings/data/my-data.html');
    expect(textOf(readable.html)).toContain('Under another name.');
    expect(textOf(readable.html)).toContain('Who can see when you joined: members');
    expect((await site.app.get(DataExport).ofHandle('ANN', { aliases: true }))?.posts).toHaveLength(
      1,
    );
    const unmasked = await site.app.get(DataExport).ofHandle('ANN', { aliases: false });
    expect(JSON.stringify(unmasked)).not.toMatch(/quiet-lamp|Under another name/);
    expect(unmasked?.memberships).toHaveLength(1);
    expect(JSON.stringify(unmasked)).not.toContain(`/t/${thread}`);
    expect(await site.app.get(DataExport).ofHandle('nobody-there', { aliases: true })).toBeNull();
  });

  it('names every fact of the page in words', async () => {
    const shown = Object.entries(parts).filter(([part]) => part !== 'posts');
    const columns = await Promise.all(
      shown.map(async ([, { text, names: parameters }]) => {
        const [row] = await rows<object>(
          `select x.* from (values (1)) one left join (${text}) x on true limit 1`,
          parameters.map(() => '0'),
        );
        return Object.keys(row ?? {});
      }),
    );
    const messages = JSON.parse(readFileSync('views/messages/en/accounts.json', 'utf8')) as {
      data: { fact: Record<string, string> };
    };
    expect([...new Set(columns.flat())].sort()).toEqual(Object.keys(messages.data.fact).sort());
  });

  it('closing the account requires the password and a choice about the posts', async () => {
    const ann = await site.as('ann');
    const empty = await ann.post('/settings/data/close');
    expect(empty.status).toBe(422);
    expect(textOf(empty.html)).toContain('Choose what should happen to your posts.');
    const wrong = await ann.post('/settings/data/close', { words: 'leave', password: 'not it' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toMatch(/value="leave" checked/);
    expect(await rows(`select 1 from members where closing_at is not null`)).toEqual([]);
  });

  it('closing can be cancelled, and until it is due the account stays as it was', async () => {
    const ann = await site.as('ann');
    const elsewhere = await site.as('ann');
    expect(await close(ann, 'leave')).toMatchObject({
      status: 303,
      location: '/settings/data/receipt',
    });
    const receipt = textOf((await ann.get('/settings/data/receipt')).html);
    for (const part of [
      'Your posts stay, without your name.',
      'Your toolkit, plan and private notes will be deleted',
      'Strategies of yours that are published stay, without your name here.',
      'Your appeals and your messages to the team are deleted once we have replied',
      'Decisions about posts, and your reactions to other people’s posts, stay',
    ])
      expect(receipt).toContain(part);
    expect((await elsewhere.get('/settings/data')).status).toBe(401);
    await site.app.get(AccountClosure).closeDue();
    expect((await ann.get('/@ann')).status).toBe(200);
    // A second request does not restart the waiting period.
    const [first] = await rows<{ closing_at: Date }>(
      `select closing_at from members where handle = 'ann'`,
    );
    await close(ann, 'erase');
    expect(await rows(`select closing_at from members where handle = 'ann'`)).toEqual([first]);
    const again = site.browser();
    expect(
      (await again.post('/login', { email: 'ann@example.org', password: PASSWORD })).status,
    ).toBe(303);
    expect((await again.post('/settings/data/keep')).status).toBe(303);
    expect(await rows(`select 1 from members where closing_at is not null`)).toEqual([]);
  });

  it('posts that are left behind lose the name and any link from an alias to the member', async () => {
    const thread = await site.make.thread({
      community: 'a-place',
      author: 'cara',
      body: 'Cara wrote this.',
    });
    await site.make.thread({
      community: 'a-place',
      author: 'cara',
      alias: 'still-pond',
      body: 'Cara as a pond.',
    });
    const cara = await site.as('cara');
    await cara.post('/toolkit/items', { name: 'Tea' });
    expect(
      await rows(
        `select 1 from private_keys k join members m on m.id = k.member_id where m.handle = 'cara'`,
      ),
    ).toHaveLength(1);
    const [{ member_count: before } = { member_count: 0 }] = await rows<{ member_count: number }>(
      `select member_count from communities where slug = 'a-place'`,
    );
    await close(cara, 'leave');
    site.clock.move(15 * DAY);
    try {
      await site.app.get(AccountClosure).closeDue();
      await site.app.get(AccountClosure).closeDue();
    } finally {
      site.clock.move(-15 * DAY);
    }
    expect(
      await rows(`select 1 from members where handle = 'cara' or email = 'cara@example.org'`),
    ).toEqual([]);
    expect((await cara.get('/settings/data')).status).toBe(401);
    expect(
      (await site.browser().post('/login', { email: 'cara@example.org', password: PASSWORD }))
        .status,
    ).toBe(422);
    const page = textOf((await site.browser().get(`/t/${thread}`)).html);
    expect(page).toContain('Cara wrote this.');
    expect(page).not.toMatch(/\bcara\b/);
    expect(
      await rows(
        `
          select member_id as "memberId", p.author_id as "authorId"
          from thread_aliases a
          join posts p on p.alias_id = a.id
          where a.name = 'still-pond'
        `,
      ),
    ).toEqual([{ memberId: null, authorId: null }]);
    expect(
      await rows(
        `
          select 1
          from private_keys k
          join members m on m.id = k.member_id
          where m.closed_at is not null
        `,
      ),
    ).toEqual([]);
    const [{ member_count: after } = { member_count: 0 }] = await rows<{ member_count: number }>(
      `select member_count from communities where slug = 'a-place'`,
    );
    expect(after).toBe(before - 1);
  });

  it('posts are erased on request, except that those under review wait for the decision', async () => {
    const answered = await site.make.thread({
      community: 'a-place',
      author: 'dora',
      title: 'Dora asks',
      body: 'Dora opened.',
    });
    await site.make.reply({ thread: answered, author: 'ben', body: 'Ben answers.' });
    const alone = await site.make.thread({
      community: 'a-place',
      author: 'dora',
      title: 'Dora alone',
      body: 'Nobody came.',
    });
    const thread = await site.make.thread({ community: 'a-place', author: 'ben' });
    const reported = await site.make.reply({ thread, author: 'dora', body: 'Dora reported.' });
    const open = await site.make.case({ post: reported });
    await close(await site.as('dora'), 'erase');
    site.clock.move(15 * DAY);
    try {
      await site.app.get(AccountClosure).closeDue();
      expect(await rows('select body, status from posts where id = $1', [reported])).toEqual([
        { body: 'Dora reported.', status: 'published' },
      ]);
      await site.make.rows(
        `update review_cases set state = 'closed', closed_at = now() where id = $1`,
        [open],
      );
      await site.app.get(AccountClosure).closeDue();
    } finally {
      site.clock.move(-15 * DAY);
    }
    expect(
      await rows(`select body, status, author_id as "authorId" from posts where id = $1`, [
        reported,
      ]),
    ).toEqual([{ body: '', status: 'withdrawn', authorId: null }]);
    expect(
      await rows(`select 1 from posts where body like 'Dora%' or body = 'Nobody came.'`),
    ).toEqual([]);
    expect(await rows(`select 1 from threads where title like 'Dora%'`)).toEqual([]);
    expect(await rows('select status from threads where id = $1', [alone])).toEqual([
      { status: 'withdrawn' },
    ]);
    expect(await rows('select reply_count from threads where id = $1', [thread])).toEqual([
      { reply_count: 0 },
    ]);
    const page = textOf((await site.browser().get(`/t/${answered}`)).html);
    expect(page).toContain('Ben answers.');
    expect(page).not.toContain('Dora');
  });

  it('withdrawn posts and earlier versions are erased after 30 days unless under review', async () => {
    const thread = await site.make.thread({
      community: 'a-place',
      author: 'ben',
      body: 'Second wording.',
    });
    const [taken, looked] = [
      await site.make.reply({ thread, author: 'ben' }),
      await site.make.reply({ thread, author: 'ben', body: 'Looked at.' }),
    ];
    const open = await site.make.case({ post: looked });
    const ben = await site.as('ben');
    for (const id of [taken, looked])
      expect((await ben.post(`/posts/${id}/delete`)).status).toBe(303);
    const kept = async (): Promise<string[]> =>
      (
        await rows<{ id: string }>(
          'select post_id as id from post_versions where post_id = any($1) order by post_id',
          [[taken, looked]],
        )
      ).map((each) => each.id);
    await site.app.get(PostVersions).clear();
    expect(await kept()).toEqual([taken, looked]);
    site.clock.move(31 * DAY);
    try {
      await site.app.get(PostVersions).clear();
      expect(await kept()).toEqual([looked]);
      await site.make.rows(`update review_cases set state = 'closed' where id = $1`, [open]);
      await site.app.get(PostVersions).clear();
      expect(await kept()).toEqual([]);
    } finally {
      site.clock.move(-31 * DAY);
    }
  });
});
