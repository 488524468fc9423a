import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { table } from '../access.table.js';
import { encode, textOf, type Answer, type Browser } from '../support/browser.js';

describe('bad input', () => {
  let site: TestApp;
  let writer: Browser;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    // Rate limits count in windows of this clock: freeze it, so that a slow machine makes no
    // difference.
    site.clock.freeze();
    await site.make.community({ slug: 'here' });
    await site.make.join('writer', 'here');
    writer = await site.as('writer');
    thread = await site.make.thread({ community: 'here' });
  });
  afterAll(() => site.close());

  const good = { title: 'A title', body: 'Some words', kind: 'support', replyWish: 'listen' };
  const newThread = (fields: Record<string, string | string[]>) =>
    writer.post('/c/here/threads', { ...good, ...fields }, '/c/here/new');
  const count = async (): Promise<number> =>
    ((await site.make.rows('select count(*)::int as count from threads')) as [{ count: number }])[0]
      .count;

  it.each([
    ['nothing written', { body: '   ' }, 'Write a few words first'],
    ['a body that is too long', { body: 'x'.repeat(20_001) }, 'Write a few words first'],
    ['a title that is too long', { title: 'x'.repeat(121) }, 'Give it a title'],
    ['an unknown kind', { kind: 'rant' }, 'Choose what kind of post this is'],
    ['an unknown wish', { replyWish: 'money' }, 'Choose what you need'],
    [
      'an unknown content note',
      { contentWarnings: ['suicide', 'nonsense'] },
      'Choose content notes from the list',
    ],
  ])(
    '%s: the form comes back with everything that was typed',
    async (_what, fields: Record<string, string | string[]>, says) => {
      const before = await count();
      const answer = await newThread(fields);
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain(says);
      if (fields.body === undefined) expect(answer.html).toContain('Some words');
      expect(await count()).toBe(before);
    },
  );

  it('lone surrogates and NUL are removed, emoji and right-to-left text kept', async () => {
    const fields = { _csrf: await writer.token('/c/here/new'), ...good, title: 'Odd letters' };
    const body = 'body=a%00b%ED%A0%80c+%F0%9F%98%80+%D7%A9%D7%9C%D7%95%D7%9D';
    const raw = `${encode(fields)}&${body}`.replace('body=Some+words&', '');
    const answer = await writer.postRaw('/c/here/threads', raw);
    expect(answer.status).toBe(303);
    const [post] = (await site.make.rows(
      `
        select p.body
        from posts p
        join threads t on t.id = p.thread_id
        where t.title = 'Odd letters'
      `,
    )) as [{ body: string }];
    expect(post.body).toContain('😀 שלום');
    expect(post.body).not.toContain('\u0000');
  });

  it('HTML, scripts and images in a body have no effect', async () => {
    const body =
      '<script>alert(1)</script> <img src=x onerror=alert(1)> ' +
      '![pic](http://evil.example/x.png) [link](javascript:alert(1)) ' +
      '[out](https://example.org)\n\n<b>bold</b>';
    const answer = await newThread({ title: 'Marks', body });
    const { html } = await writer.follow(answer);
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    expect(main).not.toMatch(/<script|<img|href="javascript|<b>bold/);
    expect(main).toContain('rel="nofollow ugc noopener noreferrer"');
  });

  it('a body of two megabytes is 413, another kind of body 415, both as pages', async () => {
    const big = await writer.postRaw('/c/here/threads', `body=${'x'.repeat(2_000_000)}`);
    expect(big.status).toBe(413);
    expect(textOf(big.html)).toContain('Help now');
    const json = await writer.postRaw('/c/here/threads', '{"body":"x"}', {
      'content-type': 'application/json',
    });
    expect(json.status).toBe(415);
    const charset = await writer.postRaw('/c/here/threads', 'body=x', {
      'content-type': 'application/x-www-form-urlencoded; charset=klingon',
    });
    expect(charset.status).toBe(415);
  });

  it('normalises a password at log-in like at sign-up', async () => {
    const browser = site.browser();
    const account = { handle: 'spaced-lamp', email: 'spaced@example.org' };
    const password = ' four plain words here ';
    const joined = await browser.post(
      '/signup',
      { ...account, password, ageConfirmed: 'on', guidelinesAccepted: 'on' },
      '/signup',
    );
    expect(joined.status).toBe(303);
    await site.make.rows(`update members set email_verified_at = now() where handle = $1`, [
      account.handle,
    ]);
    const logIn = (email: string): Promise<Answer> =>
      site.browser().post('/login', { email, password }, '/login');
    expect((await logIn(account.email)).status).toBe(303);
    expect((await logIn('sp\0aced@example.org')).status).toBe(303);
    expect((await logIn('\0')).status).toBe(422);
  });

  it('returns text written after going back, and accepts it as a new post', async () => {
    const page = (await writer.get('/c/here/new')).html;
    const key = (html: string): string =>
      /name="idempotencyKey" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const send = (body: string, idempotencyKey: string): Promise<Answer> =>
      writer.post('/c/here/threads', {
        title: 'Back again',
        body,
        kind: 'support',
        replyWish: 'listen',
        idempotencyKey,
      });
    const first = await send('The first words.', key(page));
    expect(first.status).toBe(303);
    expect((await send('The first words.', key(page))).location).toBe(first.location);
    const back = await send('Something else, after going back.', key(page));
    expect(back.status).toBe(422);
    expect(back.html).toContain('Something else, after going back.');
    expect(textOf(back.html)).toContain('You have already posted this');
    const other = await send('Something else, after going back.', key(back.html));
    expect(other.status).toBe(303);
    expect(other.location).not.toBe(first.location);

    const thread = /\/t\/\d+/.exec(first.location ?? '')?.[0] ?? '';
    const reply = (body: string, idempotencyKey: string): Promise<Answer> =>
      writer.post(`${thread}/replies`, { body, idempotencyKey });
    const form = key((await writer.get(thread)).html);
    expect((await reply('A reply.', form)).status).toBe(303);
    const again = await reply('Another reply.', form);
    expect(again.status).toBe(422);
    expect(again.html).toContain('Another reply.');
    expect((await reply('Another reply.', key(again.html))).location).toContain('#post-3');
  });

  it('NUL in the path or a query field is 404 on every route, and its escaped form is not', async () => {
    const admin = await site.make
      .member('nul-admin', { role: 'admin' })
      .then(() => site.as('nul-admin'));
    const routes = Object.keys(table)
      .filter((row) => row.startsWith('GET '))
      .map((row) => row.slice(4));
    expect(routes.length).toBeGreaterThan(100);
    const failures: string[] = [];
    for (const route of routes) {
      const path = route.replace(/:\w+/g, '1');
      const ways = ['q', 'next', 'after', 'page', 'sort', 'anything'].map(
        (name) => `${path}?${name}=a%00b`,
      );
      if (route.includes(':')) ways.push(route.replace(/:\w+/g, 'a%00b'));
      for (const way of [...ways, `${path}?a%00b=1`]) {
        const { status } = await admin.get(way);
        if (status !== 404) failures.push(`${status} ${way}`);
      }
    }
    expect(failures).toEqual([]);
    expect((await admin.postRaw('/c/a%00b/threads', '')).status).toBe(404);
    expect((await admin.postRaw('/login?next=%00', '')).status).toBe(404);
    expect((await admin.get('/search?q=a%2500b')).status).toBe(200);
  });

  it('a form without its CSRF token comes back with its text, ready to be sent again', async () => {
    const answer = await writer.postRaw(
      '/c/here/threads',
      encode({ ...good, body: 'Hours of writing' }),
    );
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('Hours of writing');
    const token = /name="_csrf" value="([^"]+)"/.exec(answer.html)?.[1] ?? '';
    const again = await writer.postRaw(
      '/c/here/threads',
      encode({ ...good, body: 'Hours of writing', _csrf: token }),
    );
    expect(again.status).toBe(303);
  });

  it('a form from another site is refused', async () => {
    const token = await writer.token('/c/here/new');
    expect(
      (
        await writer.postRaw('/c/here/threads', encode({ ...good, _csrf: token }), {
          origin: 'https://evil.example',
        })
      ).status,
    ).toBe(403);
    expect(
      (
        await writer.postRaw('/c/here/threads', encode({ ...good, _csrf: token }), {
          'sec-fetch-site': 'cross-site',
        })
      ).status,
    ).toBe(403);
  });

  it('a session that expires while writing loses nothing', async () => {
    await site.make.member('tired', { email: 'tired@example.org' });
    const { hashPassword } = await import('../../src/accounts/password.js');
    await site.make.rows(`update members set password_hash = $1 where handle = 'tired'`, [
      await hashPassword('a good old password'),
    ]);
    await site.make.join('tired', 'here');
    const browser = await site.as('tired');
    const token = await browser.token(`/t/${thread}`);
    await site.make.rows(
      `delete from sessions where member_id = (select id from members where handle = 'tired')`,
    );
    const stale = await browser.postRaw(
      `/t/${thread}/replies`,
      encode({ body: 'Written through tears', _csrf: token }),
    );
    expect(stale.status).toBe(401);
    const kept = /name="kept" value="([^"]+)"/.exec(stale.html)?.[1] ?? '';
    const form = /name="_csrf" value="([^"]+)"/.exec(stale.html)?.[1] ?? '';
    const late = await browser.postRaw('/login', encode({ email: 'tired', kept, _csrf: 'late' }));
    expect(late.status).toBe(403);
    expect(late.html).toContain('Written through tears');
    const back = await browser.postRaw(
      '/login',
      encode({ email: 'tired@example.org', password: 'a good old password', kept, _csrf: form }),
    );
    expect(back.status).toBe(200);
    expect(back.html).toContain('Written through tears');
    const fresh = /name="_csrf" value="([^"]+)"/.exec(back.html)?.[1] ?? '';
    const sent = await browser.postRaw(
      `/t/${thread}/replies`,
      encode({ body: 'Written through tears', _csrf: fresh }),
    );
    expect(sent.location).toMatch(/^\/t\/\d+#post-\d+$/);
  });

  it('a form sent twice, or fifty times at once, creates one thing and redirects to it', async () => {
    const before = await count();
    await site.make.join('double-clicker', 'here');
    const hasty = await site.as('double-clicker');
    const token = await hasty.token('/c/here/new');
    const body = encode({ ...good, title: 'Once only', idempotencyKey: 'same-key', _csrf: token });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => hasty.postRaw('/c/here/threads', body)),
    );
    const given = new Set(answers.map(({ status, location }) => `${status} ${location ?? ''}`));
    expect([...given]).toEqual([expect.stringMatching(/^303 \/t\/\d+$/)]);
    expect(await count()).toBe(before + 1);
  });

  it('a duplicate submission does not count towards rate limits', async () => {
    await site.make.join('clicker', 'here');
    const clicker = await site.as('clicker');
    const token = await clicker.token('/c/here/new');
    const send = (key: string) =>
      clicker.postRaw(
        '/c/here/threads',
        encode({ _csrf: token, ...good, title: 'Clicked often', idempotencyKey: key }),
      );
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('one-key-often')));
    expect(new Set(answers.map(({ status, location }) => `${status} ${location ?? ''}`)).size).toBe(
      1,
    );
    for (let more = 0; more < 5; more += 1)
      expect((await send('one-key-often')).location).toBe(answers[0]?.location);
    for (let other = 0; other < 5; other += 1)
      expect((await send(`other-key-${other}`)).status).toBe(303);
  });

  it('a reply to a missing post or with an unknown strategy keeps its text', async () => {
    const other = await site.make.reply({ thread: await site.make.thread({ community: 'here' }) });
    for (const replyTo of ['999999', other, 'x']) {
      const answer = await writer.post(`/t/${thread}/replies`, { body: 'To nobody', replyTo });
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain('To nobody');
      // The returned form can be sent again as it is.
      expect(answer.html).not.toContain('name="replyTo"');
    }
    const answer = await writer.post(`/t/${thread}/replies`, {
      body: 'With something',
      strategies: ['never-was'],
    });
    expect(answer.status).toBe(422);
    expect(textOf(answer.html)).toContain('With something');
    const own = await site.make.reply({ thread, author: 'writer' });
    expect((await writer.post(`/posts/${own}/strategies`, { strategy: 'never-was' })).status).toBe(
      422,
    );
  });

  it('an appeal that is too long keeps its text, with the error beside it', async () => {
    const post = await site.make.reply({ thread, author: 'writer' });
    const decision = await site.make.decision({ case: await site.make.case({ post }) });
    const answer = await writer.post(`/decisions/${decision}/appeal`, {
      statement: `It was kind. ${'x'.repeat(8_000)}`,
    });
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(
      /<textarea[^>]*name="statement"[^>]*aria-invalid="true"[^>]*>\s*It was kind\./,
    );
  });

  it('a known address with another method is 405 and lists those allowed; an unknown one is 404', async () => {
    const join = await writer.get('/c/here/join');
    expect([join.status, join.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await writer.get('/mod/cases/999999/claim')).status).toBe(405);
    expect((await writer.post('/about')).headers.get('allow')).toBe('GET, HEAD');
    expect((await writer.get('/nowhere/at/all')).status).toBe(404);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await fetch(new URL('/about', site.url), { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    }
  });

  it('TRACE, which fetch does not send, is 405', async () => {
    const status = await new Promise((resolve, reject) => {
      const asked = request(new URL('/about', site.url), { method: 'TRACE' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
    expect(status).toBe(405);
  });

  it('editing a post in two tabs tells the second about the conflict and keeps its text', async () => {
    const own = await site.make.thread({ community: 'here', author: 'writer', body: 'first' });
    const [post] = (await site.make.rows('select id from posts where thread_id = $1', [own])) as [
      { id: string },
    ];
    const edit = (body: string) =>
      writer.post(`/posts/${post.id}/edit`, { body, version: '1' }, `/posts/${post.id}/edit`);
    const answers = await Promise.all([edit('tab one'), edit('tab two')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 409]);
    const loser = answers.find((answer) => answer.status === 409);
    expect(loser?.html).toMatch(/tab (one|two)/);
    expect(
      (
        (await site.make.rows(
          'select count(*)::int as count from post_versions where post_id = $1',
          [post.id],
        )) as [{ count: number }]
      )[0].count,
    ).toBe(1);
  });

  it.each([
    '/t/0',
    '/t/abc',
    '/t/99999999999999999999',
    "/t/1'--",
    '/t/%00',
    '/t/1?page=0',
    '/t/1?page=999999',
    '/c/%F0%9F%98%80',
    '/@x',
    '/posts/1e3/edit',
    '/%E0%A4%A',
    '/c/here/../../etc',
    '/.git/config',
    '/assets/',
  ])('%s gets an explanatory page, never a 500', async (path) => {
    const answer = await writer.get(path);
    expect([404, 400]).toContain(answer.status);
    expect(textOf(answer.html)).toContain('Help now');
  });

  it('fields sent twice count once', async () => {
    const fields = { _csrf: await writer.token('/c/here/new'), ...good, title: 'Twice' };
    const body = `${encode(fields)}&title=Other&kind=win`;
    const answer = await writer.postRaw('/c/here/threads', body);
    expect(answer.status).toBe(303);
    expect((await writer.follow(answer)).html).toContain('Twice');
  });

  it('an open redirect is not to be had', async () => {
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/%0d%0aSet-Cookie:x',
    ]) {
      const { location } = await writer.get(`/login?next=${encodeURIComponent(next)}`);
      expect(location === '/' || location === '/%0d%0aSet-Cookie:x').toBe(true);
    }
  });

  it('guessing passwords is rate-limited with the time to wait, never permanently', async () => {
    const guesser = site.browser();
    const token = await guesser.token('/login');
    const statuses: number[] = [];
    let wait: string | null = null;
    for (let tries = 0; tries < 8; tries += 1) {
      const answer = await guesser.postRaw(
        '/login',
        encode({ email: 'nobody@example.org', password: `guess ${tries}`, _csrf: token }),
      );
      statuses.push(answer.status);
      wait = answer.headers.get('retry-after') ?? wait;
    }
    expect(statuses.slice(0, 6)).toEqual([422, 422, 422, 422, 422, 422]);
    expect(statuses.at(-1)).toBe(429);
    expect(Number(wait)).toBeGreaterThan(0);
    site.clock.move(61_000);
    expect(
      (
        await guesser.postRaw(
          '/login',
          encode({ email: 'nobody@example.org', password: 'again', _csrf: token }),
        )
      ).status,
    ).toBe(422);
  });

  it('known and unknown addresses get the same answer', async () => {
    const token = await site.browser().token('/login');
    expect(token.length).toBeGreaterThan(20);
    const tries = await Promise.all(
      ['writer@example.org', 'unknown@example.org'].map(async (email) => {
        const browser = site.browser();
        const answer = await browser.post(
          '/login',
          { email, password: 'wrong password' },
          '/login',
        );
        return { status: answer.status, text: textOf(answer.html).replaceAll(email, '') };
      }),
    );
    expect(tries[0]).toEqual(tries[1]);
    const forgot = await Promise.all(
      ['writer@example.org', 'unknown@example.org'].map((email) =>
        site.browser().post('/forgot', { email }, '/forgot'),
      ),
    );
    expect(forgot.map(({ status, location }) => [status, location])).toEqual([
      [303, '/forgot/sent'],
      [303, '/forgot/sent'],
    ]);
    const join = {
      password: 'four plain words here',
      ageConfirmed: 'on',
      guidelinesAccepted: 'on',
    };
    const signUps = await Promise.all(
      [
        ['name-one', 'writer@example.org'],
        ['name-two', 'fresh@example.org'],
      ].map(([handle = '', email = '']) =>
        site.browser().post('/signup', { handle, email, ...join }, '/signup'),
      ),
    );
    expect(signUps.map(({ status, location }) => [status, location])).toEqual([
      [303, '/signup/sent'],
      [303, '/signup/sent'],
    ]);
  });
});
