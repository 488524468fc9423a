import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const WORDS = {
  name: 'Count the lamps',
  summary: 'Look for lamps on the way home.',
  steps: '1. Look up.\n2. Count the lamps.\n- Breathe out at each.',
  minutes: '10',
  energy: 'low',
  needs: ['panic', 'worry'],
  kinds: 'grounding',
  consent: 'on',
};

describe('from talk to tool', () => {
  let site: TestApp;
  let writer: Browser;
  let reader: Browser;
  let moderator: Browser;
  let thread: string;

  beforeAll(async () => {
    site = await testApp();
    await site.make.member('mod', { role: 'moderator' });
    await site.make.community({ slug: 'here' });
    for (const handle of ['writer', 'reader', 'secret-keeper', 'opener'])
      await site.make.join(handle, 'here');
    [writer, reader, moderator] = [
      await site.as('writer'),
      await site.as('reader'),
      await site.as('mod'),
    ];
    thread = await site.make.thread({ community: 'here', author: 'opener' });
    await site.make.strategy({ slug: 'warm-cup', name: 'A warm cup', needs: ['numb'] });
    await site.make.strategy({ slug: 'slow-walk', name: 'A slow walk', needs: ['low'] });
  });
  afterAll(() => site.close());

  const inbox = async (who: Browser, says: string): Promise<void> => {
    await eventually(
      async () => textOf((await who.get('/notifications')).html).includes(says),
      says,
    );
  };
  const threadText = async (who: Browser): Promise<string> => (await who.get(`/t/${thread}`)).html;
  const review = (slug: string, fields: Record<string, string>) =>
    moderator.post(
      `/mod/strategies/${slug}`,
      { version: '1', ...fields },
      `/mod/strategies/${slug}`,
    );

  it('a suggestion goes to the moderators, who publish it, and its author is told', async () => {
    const sent = await writer.post(
      '/strategies',
      { ...WORDS, credited: 'on', idempotencyKey: 'k1' },
      '/strategies/new',
    );
    expect(sent.location).toBe('/strategies/mine');
    await writer.post(
      '/strategies',
      { ...WORDS, credited: 'on', idempotencyKey: 'k1' },
      '/strategies/new',
    );
    expect(
      await site.make.rows(
        `select count(*)::int as count from coping_strategies where name = 'Count the lamps'`,
      ),
    ).toEqual([{ count: 1 }]);
    expect(
      await site.make.rows(`select kind, state from review_cases where kind = 'strategy'`),
    ).toEqual([{ kind: 'strategy', state: 'open' }]);
    expect((await reader.get('/strategies/count-the-lamps')).status).toBe(404);
    expect((await writer.get('/strategies/count-the-lamps')).html).toContain(
      'is waiting for a moderator',
    );
    expect((await moderator.get('/mod/strategies')).html).toContain('Count the lamps');
    expect((await review('count-the-lamps', { action: 'publish' })).status).toBe(303);
    await inbox(writer, 'The strategy you suggested is in the library now');
    const page = textOf((await reader.get('/strategies/count-the-lamps')).html);
    expect(page).toContain('Breathe out at each.');
    expect(page).toContain('Shared by writer');
    expect(
      await site.make.rows(`select state, outcome from review_cases where kind = 'strategy'`),
    ).toEqual([{ state: 'closed', outcome: 'publish' }]);
    expect((await review('count-the-lamps', { action: 'decline', reason: 'Again' })).status).toBe(
      409,
    );
  });

  it('a suggestion that is returned can be resubmitted; one that is declined says why', async () => {
    expect(textOf((await writer.get('/strategies/new')).html)).toContain(
      'Once it is published, anyone can read it, even without an account.',
    );
    await writer.post('/strategies', { ...WORDS, name: 'Sing a line' }, '/strategies/new');
    expect((await review('sing-a-line', { action: 'return' })).status).toBe(422);
    expect(
      (await review('sing-a-line', { action: 'return', reason: 'Thank you. Which song helps?' }))
        .status,
    ).toBe(303);
    await inbox(writer, 'sent the strategy you suggested back');
    expect((await writer.get('/strategies/mine')).html).toContain('Which song helps?');
    const edit = await writer.post(
      '/strategies/sing-a-line/edit',
      { ...WORDS, name: 'Sing an old line', version: '1' },
      '/strategies/sing-a-line/edit',
    );
    expect(edit.status).toBe(303);
    const stale = await writer.post(
      '/strategies/sing-a-line/edit',
      { ...WORDS, name: 'From another tab', version: '1' },
      '/strategies/sing-a-line/edit',
    );
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('From another tab');
    expect(
      (
        await review('sing-a-line', {
          action: 'decline',
          version: '2',
          reason: 'We have one like it. Thank you.',
        })
      ).status,
    ).toBe(303);
    await inbox(writer, 'has replied about the strategy you suggested');
    expect((await reader.get('/strategies/sing-a-line')).status).toBe(404);
  });

  it('a harmful suggestion is refused kindly, and the form keeps its text', async () => {
    const refused = await writer.post(
      '/strategies',
      { ...WORDS, name: 'Off to bed', steps: 'Take 10 mg of it.\nLie down.' },
      '/strategies/new',
    );
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('strategies leave amounts out');
    expect(refused.html).toContain('Take 10 mg of it.');
    const short = await writer.post(
      '/strategies',
      { ...WORDS, name: '', minutes: '0', energy: 'x', needs: [], kinds: 'fame', consent: '' },
      '/strategies/new',
    );
    expect(short.status).toBe(422);
    for (const says of [
      'Give it a name',
      'how many minutes',
      'how much energy',
      'at least one thing',
      'at least one kind',
      'Tick this box',
    ])
      expect(textOf(short.html)).toContain(says);
    expect(short.html).toContain('Count the lamps.');
  });

  it('a reply attaches strategies; the thread and the strategy link to each other', async () => {
    const gone = await writer.post(
      `/t/${thread}/replies`,
      { body: 'This is what I do.', strategies: ['warm-cup', 'no-longer-there'] },
      `/t/${thread}`,
    );
    expect(gone.status).toBe(422);
    expect(gone.html).toContain('This is what I do.</textarea>');
    const sent = await writer.post(
      `/t/${thread}/replies`,
      { body: 'This is what I do.', strategies: ['warm-cup'] },
      `/t/${thread}`,
    );
    expect(sent.status).toBe(303);
    expect(await threadText(site.browser())).toMatch(
      /<a class="tag" href="\/strategies\/warm-cup">A warm cup<\/a>/,
    );
    expect((await site.browser().get('/strategies/warm-cup')).html).toContain('Posts about it');
    expect(
      (
        await writer.post(
          `/t/${thread}/replies`,
          { body: 'Kept words', strategies: ['No Slug!'] },
          `/t/${thread}`,
        )
      ).html,
    ).toContain('Kept words');
  });

  it('suggestions while writing work without script, and the text goes on to its form', async () => {
    const page = await writer.post(
      '/strategies/for',
      {
        place: `/t/${thread}/replies`,
        body: 'I feel numb and far away today',
        idempotencyKey: 'key-9',
        anonymous: '',
      },
      `/t/${thread}`,
    );
    expect(page.status).toBe(200);
    expect(page.html).toContain('value="warm-cup"');
    expect(page.html).toContain('I feel numb and far away today');
    expect(page.html).toContain('value="key-9"');
    expect(
      (
        await writer.post(
          '/strategies/for',
          { place: 'https://evil.example', body: 'x' },
          `/t/${thread}`,
        )
      ).status,
    ).toBe(404);
  });

  it('a reader’s proposal needs the author’s consent, and is not repeated after a refusal', async () => {
    const post = await site.make.reply({ thread, author: 'writer', body: 'I feel so low today' });
    const page = `/posts/${post}/strategies`;
    expect((await reader.get(page)).html).toContain('A slow walk');
    expect((await reader.post(page, { strategy: 'slow-walk' }, page)).status).toBe(303);
    expect(await threadText(site.browser())).not.toContain('slow-walk');
    await inbox(writer, 'Someone has suggested a strategy for your post');
    expect((await writer.get('/strategies/mine')).html).toContain('A slow walk');
    expect(textOf(await threadText(writer))).toContain(
      'A reader has suggested something for your post',
    );
    expect((await reader.post(`${page}/slow-walk/accept`, {}, page)).status).toBe(404);
    await writer.post(`${page}/slow-walk/accept`, {}, page);
    expect(await threadText(site.browser())).toContain('href="/strategies/slow-walk"');
    await writer.post(`${page}/slow-walk/decline`, {}, page);
    await reader.post(page, { strategy: 'slow-walk' }, page);
    expect(
      await site.make.rows(`select state from post_strategies where post_id = $1`, [post]),
    ).toEqual([{ state: 'declined' }]);
    for (const strategy of ['', '../x', 'no-such-one'])
      expect([404, 422]).toContain((await reader.post(page, { strategy }, page)).status);
    expect(
      (await (await site.as('stranger')).post(page, { strategy: 'slow-walk' }, page)).status,
    ).toBe(403);
  });

  it('a post under an alias becomes a strategy under that alias, and can be withdrawn everywhere', async () => {
    const post = await site.make.reply({
      thread,
      author: 'secret-keeper',
      alias: 'quiet-lamp',
      body: 'I panic on the bus.\nI hum low notes.',
    });
    await reader.post(`/posts/${post}/strategy-wish`, {}, `/posts/${post}/strategies`);
    const keeper = await site.as('secret-keeper');
    await inbox(keeper, 'could help others as a strategy');
    const form = await keeper.get(`/posts/${post}/make-strategy`);
    expect(form.html).toContain('I hum low notes.');
    expect(form.html).toContain('Credit me by name: quiet-lamp');
    expect((await writer.get(`/posts/${post}/make-strategy`)).status).toBe(404);
    await keeper.post(
      `/posts/${post}/make-strategy`,
      { ...WORDS, name: 'Hum low notes', credited: 'on' },
      `/posts/${post}/make-strategy`,
    );
    await review('hum-low-notes', { action: 'publish' });
    const pages = [
      '/strategies/hum-low-notes',
      '/strategies?q=hum',
      '/strategies/hum-low-notes.txt',
      '/strategies/hum-low-notes/print',
      `/t/${thread}`,
      `/posts/${post}/strategies`,
    ];
    for (const path of pages) {
      const { html } = await reader.get(path);
      expect([path, html.includes('Hum low notes'), html.includes('secret-keeper')]).toEqual([
        path,
        true,
        false,
      ]);
    }
    expect((await reader.get('/strategies/hum-low-notes')).html).toContain('quiet-lamp');
    await reader.post('/strategies/hum-low-notes/save', {}, '/strategies/hum-low-notes');
    expect((await reader.get('/toolkit')).html).toContain('Hum low notes');
    await keeper.post('/strategies/hum-low-notes/withdraw', {}, '/strategies/mine');
    for (const path of [...pages, '/toolkit', '/strategies/pick?need=panic'])
      expect([path, (await reader.get(path)).html.includes('Hum low notes')]).toEqual([
        path,
        false,
      ]);
    const gone = await reader.get('/strategies/hum-low-notes');
    expect([gone.status, textOf(gone.html).includes('has withdrawn this strategy')]).toEqual([
      404,
      true,
    ]);
    expect((await keeper.get('/strategies/mine')).html).toContain('You have withdrawn it');
  });

  it('a strategy lists only posts that its reader may see', async () => {
    const tell = async (wishes: {
      slug: string;
      title: string;
      visibility?: 'members' | 'unlisted';
      author?: string;
    }): Promise<string> => {
      const slug = await site.make.community({
        slug: wishes.slug,
        visibility: wishes.visibility ?? 'public',
      });
      const id = await site.make.thread({
        community: slug,
        author: wishes.author ?? 'opener',
        title: wishes.title,
      });
      await site.make.rows(
        `
          insert into post_strategies (post_id, strategy_id, state)
          select p.id, s.id, 'accepted'
          from posts p, coping_strategies s
          where p.thread_id = $1 and s.slug = 'slow-walk'
        `,
        [id],
      );
      return id;
    };
    await tell({ slug: 'open-place', title: 'Told in the open' });
    await tell({ slug: 'closed-place', title: 'Told behind a door', visibility: 'members' });
    await tell({ slug: 'secret-place', title: 'Told in secret', visibility: 'unlisted' });
    await tell({ slug: 'pest-place', title: 'Told by a pest', author: 'pest' });
    const held = await tell({ slug: 'held-place', title: 'Told and held' });
    await site.make.rows(`update posts set status = 'held' where thread_id = $1`, [held]);
    const hard = await tell({ slug: 'hard-place', title: 'Told in a hard hour' });
    await site.make.rows(`update posts set tier = 'crisis' where thread_id = $1`, [hard]);
    await site.make.join('reader', 'closed-place');
    await site.make.rows(
      `
        insert into blocks (member_id, blocked_id)
        select a.id, b.id
        from members a, members b
        where a.handle = 'reader' and b.handle = 'pest'
      `,
    );
    const told = async (who: Browser): Promise<string[]> =>
      [...(await who.get('/strategies/slow-walk')).html.matchAll(/>(Told [a-z ]+)</g)]
        .map(([, title]) => title ?? '')
        .sort();
    expect(await told(site.browser())).toEqual(['Told by a pest', 'Told in the open']);
    expect(await told(reader)).toEqual(['Told behind a door', 'Told in the open']);
    expect(await told(moderator)).toEqual([
      'Told behind a door',
      'Told by a pest',
      'Told in the open',
    ]);
  });
});
