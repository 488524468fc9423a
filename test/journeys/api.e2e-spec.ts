import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '../../src/accounts/access-token-scopes.js';
import type { HelpJson, HelplinesJson } from '../../src/api/help.model.js';
import type { PostedJson, PostJson, PostPageJson } from '../../src/api/post.model.js';
import type { ProblemJson } from '../../src/api/problem.model.js';
import type { SearchJson } from '../../src/api/search.model.js';
import { SafetyPlans } from '../../src/safety-plans/safety-plans.js';
import { testApp, type TestApp } from '../support/app.js';
import { ApiClient, clientOf, type ApiAnswer } from '../support/api-client.js';
import { textOf } from '../support/browser.js';

const CRISIS = 'I have decided to end my life tonight.';
const CALL = 'If your life is in danger now, call 999.';

describe('an API client of a member', () => {
  let site: TestApp;
  let awake: ApiClient;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'nights' });
    for (const handle of ['awake', 'opener', 'replier']) await site.make.join(handle, 'nights');
    await site.make.join('keeper', 'nights', 'moderator');
    await site.make.rows(`
      update members set created_at = now() - interval '1 year', country = 'GB';
      update memberships set joined_at = now() - interval '1 year'
    `);
    awake = await clientOf(site, 'awake');
    thread = await site.make.thread({ community: 'nights', author: 'opener' });
  });
  afterAll(() => site.close());

  const open = (
    body: string,
    more: object = {},
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<PostedJson>> =>
    awake.send<PostedJson>(
      'POST',
      '/communities/nights/threads',
      { title: 'A night', body, kind: 'support', replyWish: 'listen', ...more },
      headers,
    );
  const posts = async (): Promise<number> =>
    (
      await site.make.one<{ count: number }>(
        `
          select count(*)::int as count
          from posts
          where author_id = (select id from members where handle = 'awake')
        `,
      )
    ).count;

  describe('in a crisis', () => {
    it('gets the texts and numbers of the care card with the held post', async () => {
      const { status, body } = await open(CRISIS);
      expect(status).toBe(201);
      const { help, held, post } = body;
      expect(held).toBe(true);
      expect(post.held?.why).not.toBe('');
      expect(help).toEqual(post.help);
      expect(help).toMatchObject({ danger: true, emergency: { phone: '999' } });
      expect(help?.lines.map(({ name }) => name)).toContain('Samaritans');
      expect(help?.text).toContain(CALL);
      const page = textOf((await (await site.as('awake')).get(`/t/${post.threadId}`)).html);
      for (const words of [...(help?.text ?? []), help?.wait ?? '']) expect(page).toContain(words);
    });

    it('tells the team that the member needs someone now', async () => {
      const { post } = (await open(CRISIS)).body;
      const answer = await awake.send('POST', `/posts/${post.id}/card`, { answer: 'need-now' });
      expect(answer.status).toBe(204);
      const [said] = await site.make.all<{ answer: string }>(
        'select answer from author_answers where post_id = $1',
        [post.id],
      );
      expect(said).toEqual({ answer: 'need-now' });
      expect(
        (await awake.send<PostJson>('GET', `/posts/${post.id}`)).body.help?.text.join(),
      ).toContain('You told us that you need someone now');
    });

    it('gets help along with a refusal', async () => {
      const refused = await awake.send<ProblemJson>('POST', '/communities/nights/threads', {
        title: 'x',
        body: CRISIS,
        kind: 'support',
        replyWish: 'listen',
      });
      expect(refused.status).toBe(422);
      expect(refused.body.errors?.map(({ field }) => field)).toEqual(['title']);
      expect(refused.body.help).toMatchObject({ danger: true, emergency: { phone: '999' } });
      expect(refused.body.help?.text).toContain(CALL);
      const plain = await awake.send<ProblemJson>('POST', `/threads/${thread}/posts`, { body: '' });
      expect(plain.body.help).toBeUndefined();
    });

    it('gets help before the results of a search', async () => {
      const { body } = await awake.send<SearchJson>(
        'GET',
        `/search?q=${encodeURIComponent('I want to kill myself')}`,
      );
      expect(body.help).toMatchObject({ danger: true, emergency: { phone: '999' } });
      expect((await awake.send<SearchJson>('GET', '/search?q=tea')).body.help).toBeNull();
    });

    it('gets the helplines of the country that it names, or is told that there is no such one', async () => {
      for (const path of ['/helplines?country=ZA', '/helplines?country=za', '/helplines/ZA'])
        expect((await awake.send<HelplinesJson>('GET', path)).body.country).toBe('ZA');
      expect((await awake.send<HelplinesJson>('GET', '/helplines')).body.country).toBe('GB');
      const wrong = await awake.send<ProblemJson>('GET', '/helplines?country=South');
      expect(wrong.status).toBe(422);
      expect(wrong.body.errors?.map(({ field }) => field)).toEqual(['country']);
    });

    it('gets the member’s own card if the token may read the toolkit', async () => {
      const { memberId } = await site.make.viewer('awake');
      await site.app.get(SafetyPlans).saveCard(memberId, {
        people: 'Jo 07700 900 123',
        lines: '',
        reasons: 'The dog',
      });
      const { post } = (await open(CRISIS)).body;
      const helpTo = async (client: ApiClient): Promise<HelpJson | null> =>
        (await client.send<PostJson>('GET', `/posts/${post.id}`)).body.help;
      expect((await helpTo(awake))?.own).toEqual([
        { text: 'Jo 07700 900 123', tel: '07700900123' },
      ]);
      const weaker = await clientOf(
        site,
        'awake',
        SCOPES.filter((scope) => scope !== 'toolkit:read'),
      );
      expect((await helpTo(weaker))?.own).toEqual([]);
    });
  });

  describe('writing', () => {
    it('creates one post from two requests with the same idempotency key', async () => {
      const before = await posts();
      const key = { 'idempotency-key': '"a-night-1"' };
      const answers = await Promise.all([
        open('Awake again.', {}, key),
        open('Awake again.', {}, key),
      ]);
      const later = await open('Awake again.', {}, key);
      const ids = [...answers, later].map(({ body }) => body.post.id);
      expect(new Set(ids).size).toBe(1);
      expect(later.body.again).toBe(true);
      expect(await posts()).toBe(before + 1);
    });

    it('reviews personal details first and posts with or without them', async () => {
      const before = await posts();
      const words = 'Ring me on 07700 900 456 when you can.';
      const response = await open(words);
      expect(response.status).toBe(422);
      const { code, review } = response.body as unknown as ProblemJson;
      expect(code).toBe('apps.api.review');
      expect(review?.found.map((each) => each.words)).toContain('07700 900 456');
      expect(review?.edited.body).not.toContain('07700');
      expect(await posts()).toBe(before);
      const { title, body, detailsSeen } = review?.edited ?? {};
      expect((await open(body ?? '', { title, detailsSeen })).status).toBe(201);
      expect((await open(words, { detailsSeen: review?.detailsSeen })).status).toBe(201);
      expect(await posts()).toBe(before + 2);
    });

    it('edits the version it read, and withdraws a post', async () => {
      const { body } = await awake.send<PostedJson>('POST', `/threads/${thread}/posts`, {
        body: 'I *hear* you.',
      });
      const { id, version } = body.post;
      expect(body.post).toMatchObject({ mine: true, body: 'I *hear* you.', version: 1 });
      expect(body.post.bodyHtml).toContain('<em>hear</em>');
      const edit = (words: string) =>
        awake.send<PostedJson>('PUT', `/posts/${id}`, { body: words, version });
      expect((await edit('I hear you, now.')).body.post).toMatchObject({
        body: 'I hear you, now.',
        version: 2,
      });
      const stale = await edit('Too late.');
      expect(stale).toMatchObject({ status: 409, body: { code: 'posts.error.stale' } });
      expect((await awake.send('DELETE', `/posts/${id}`)).status).toBe(204);
      const gone = await awake.send<PostPageJson>('GET', `/threads/${thread}/posts`);
      const last = gone.body.items.at(-1);
      expect(last).toMatchObject({ id, bodyHtml: '', body: null, author: null, createdAt: null });
      expect(last?.gone).not.toBeNull();
    });

    it('changes only the fields that an edit names', async () => {
      const first = await open('Uno.', {
        contentWarnings: ['death-and-grief'],
        summary: 'A loss',
        ending: 'hopeful',
        language: 'es',
      });
      const { id, threadId } = first.body.post;
      const stored = (): Promise<object> =>
        site.make.one(
          `
            select p.body, p.content_warnings, p.summary, p.ending, p.language, t.title
            from posts p
            join threads t on t.id = p.thread_id
            where p.id = $1
          `,
          [id],
        );
      const before = await stored();
      expect(before).toMatchObject({ content_warnings: ['death-and-grief'], ending: 'hopeful' });
      const edit = (changes: object) => awake.send<PostedJson>('PUT', `/posts/${id}`, changes);
      expect((await edit({ body: 'Dos.', version: 1 })).status).toBe(200);
      expect(await stored()).toEqual({ ...before, body: 'Dos.' });
      const changes = { title: 'Otra noche', contentWarnings: [], summary: '', ending: 'open' };
      expect((await edit({ body: 'Dos.', version: 2, ...changes })).status).toBe(200);
      expect(await stored()).toMatchObject({
        title: 'Otra noche',
        content_warnings: [],
        summary: '',
        ending: 'open',
        language: 'es',
      });
      expect((await awake.send('GET', `/threads/${threadId}`)).body).toMatchObject({
        title: 'Otra noche',
      });
    });

    it('adds and removes a reaction idempotently', async () => {
      const post = await site.make.reply({ thread, author: 'replier' });
      const path = `/posts/${post}/reactions/with-you`;
      const given = async (): Promise<unknown> =>
        (
          await site.make.one<{ with_you: number }>('select with_you from posts where id = $1', [
            post,
          ])
        ).with_you;
      for (const method of ['PUT', 'PUT']) await awake.send(method, path);
      expect(await given()).toBe(1);
      expect((await awake.send<PostJson>('GET', `/posts/${post}`)).body.given).toEqual([
        'with-you',
      ]);
      for (const method of ['DELETE', 'DELETE']) await awake.send(method, path);
      expect(await given()).toBe(0);
      expect((await awake.send('PUT', `/posts/${post}/reactions/like`)).status).toBe(404);
    });

    it('shares its rate limits with the pages', async () => {
      await site.make.join('quick', 'nights');
      const quick = await clientOf(site, 'quick');
      const post = await site.make.reply({ thread, author: 'replier' });
      const browser = await site.as('quick');
      for (let n = 0; n < 60; n += 1) {
        await browser.post(`/posts/${post}/reactions`, { kind: 'helped' });
        await quick.send('PUT', `/posts/${post}/reactions/helped`);
      }
      const more = await quick.send('PUT', `/posts/${post}/reactions/helped`);
      expect(more.status).toBe(429);
      expect(Number(more.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });

  describe('reading', () => {
    /** The HTML of each post on the page of a thread, by post number. */
    async function articles(handle: string | null, id: string): Promise<Map<number, string>> {
      const browser = handle === null ? site.browser() : await site.as(handle);
      const { html } = await browser.get(`/t/${id}`);
      return new Map(
        [...html.matchAll(/<article class="post[^]*?<\/article>/g)].map(([article]) => [
          Number(/id="post-(\d+)"/.exec(article)?.[1]),
          article,
        ]),
      );
    }

    it('shows each reader the same posts of a thread as the page', async () => {
      const words = [
        'plainword',
        'notedword',
        'foldedword',
        'hiddenword',
        'heldword',
        'withdrawnword',
        'aliasword',
        'membersword',
        'blockedword',
        'mutedword',
        'quotingword',
      ];
      const id = await site.make.thread({ community: 'nights', author: 'opener' });
      const made: Record<string, string> = {};
      for (const word of words)
        made[word] = await site.make.reply({
          thread: id,
          author: word === 'blockedword' ? 'loud' : 'replier',
          body: `Here is ${word}.`,
          ...(word === 'aliasword' ? { alias: 'quiet-lamp' } : {}),
        });
      const set = (word: string, change: string): Promise<unknown> =>
        site.make.rows(`update posts set ${change} where id = $1`, [made[word]]);
      await set('notedword', `content_warnings = '{self-harm}', summary = 'a summary'`);
      await set('foldedword', 'folded = true');
      await set('hiddenword', `status = 'hidden'`);
      await set('heldword', `status = 'held', held_for = 'rule', held_at = now()`);
      await set('withdrawnword', `status = 'withdrawn'`);
      await set('membersword', 'members_only = true');
      await site.make.rows(
        `
          insert into post_quotes (post_id, quoted_post_id, quoted_version, position)
          values ($1, $2, 1, 1)
        `,
        [made.quotingword, made.blockedword],
      );
      await site.make.rows(`
        insert into blocks (member_id, blocked_id)
        select a.id, b.id from members a, members b where a.handle = 'awake' and b.handle = 'loud';
        insert into muted_words (member_id, word)
        select id, 'mutedword' from members where handle = 'awake'
      `);
      await site.make.member('passer-by');
      let hidden = 0;
      let shown = 0;
      for (const handle of [null, 'awake', 'replier', 'opener', 'loud', 'passer-by']) {
        const page = await articles(handle, id);
        const client = handle === null ? new ApiClient(site.url) : await clientOf(site, handle);
        const { body } = await client.send<PostPageJson>('GET', `/threads/${id}/posts`);
        expect(body.items.map(({ number }) => number)).toEqual([...page.keys()]);
        for (const post of body.items) {
          const article = page.get(post.number) ?? '';
          const json = JSON.stringify(post);
          for (const word of words) {
            const isShown = article.includes(`${word}.`);
            expect([handle, post.number, word, json.includes(`${word}.`)]).toEqual([
              handle,
              post.number,
              word,
              isShown,
            ]);
            if (isShown) shown += 1;
            else hidden += 1;
          }
          for (const text of [post.gone, post.filtered, post.fold?.text, post.author?.name])
            if (text !== null && text !== undefined) expect(textOf(article)).toContain(text);
          expect(article.includes('class="fold"')).toBe(
            post.fold !== null ||
              post.quotes.some(({ fold }) => fold !== null) ||
              post.help !== null,
          );
        }
      }
      expect(shown).toBeGreaterThan(20);
      expect(hidden).toBeGreaterThan(20);
    });

    it('shows a moderator only what a member can read', async () => {
      const held = await site.make.reply({ thread, author: 'replier', body: 'Waiting words.' });
      await site.make.rows(`update posts set status = 'held', held_for = 'rule' where id = $1`, [
        held,
      ]);
      expect((await (await site.as('keeper')).get(`/t/${thread}`)).html).toContain(
        'Waiting words.',
      );
      const keeper = await clientOf(site, 'keeper');
      const { body } = await keeper.send<PostPageJson>('GET', `/threads/${thread}/posts`);
      expect(JSON.stringify(body)).not.toContain('Waiting words.');
      expect((await keeper.send('GET', `/posts/${held}`)).status).toBe(404);
    });

    it('has no access to a locked private area', async () => {
      const { memberId } = await site.make.viewer('awake');
      const client = await clientOf(site, 'awake');
      expect((await client.send('GET', '/toolkit')).status).toBe(200);
      await site.make.rows(
        `
          insert into toolkit_settings (member_id, lock_minutes)
          values ($1, 5)
          on conflict (member_id)
          do update set lock_minutes = 5
        `,
        [memberId],
      );
      expect(await client.send('GET', '/toolkit')).toMatchObject({
        status: 403,
        body: { code: 'apps.api.locked' },
      });
    });

    it('gets messages in the language of its member', async () => {
      await site.make.member('luz');
      await site.make.rows(`update members set locale = 'es' where handle = 'luz'`);
      const luz = await clientOf(site, 'luz');
      const { body, headers } = await luz.send<ProblemJson>('GET', '/threads/987654321');
      expect(headers.get('content-language')).toBe('es');
      expect(body.detail).toMatch(/dirección/);
    });
  });

  describe('at the end of its token', () => {
    it('has no access while the account is suspended', async () => {
      await site.make.member('paused');
      const paused = await clientOf(site, 'paused');
      await site.make.rows(
        `update members set suspended_until = now() + interval '1 day' where handle = 'paused'`,
      );
      expect(await paused.send('GET', '/me')).toMatchObject({
        status: 403,
        body: { code: 'apps.api.suspended' },
      });
    });

    it('has no access after the member has revoked the token', async () => {
      await site.make.member('careful');
      const browser = await site.as('careful');
      const fields = { name: 'My app', scopes: ['threads:read'], days: '90' };
      const made = await browser.post('/settings/apps', fields, '/settings/apps');
      const token = /value="(sameboat_[\w-]+)"/.exec(made.html)?.[1] ?? '';
      const app = new ApiClient(site.url, { authorization: `Bearer ${token}` });
      expect(await app.send('GET', '/me')).toMatchObject({
        status: 200,
        body: { handle: 'careful', scopes: ['threads:read'] },
      });
      const list = (await browser.get('/settings/apps')).html;
      expect(list).not.toContain(token);
      const id = /settings\/apps\/(\d+)\/revoke/.exec(list)?.[1] ?? '';
      await browser.post(`/settings/apps/${id}/revoke`);
      const refused = await app.send('GET', '/me');
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
    });

    it('is rate-limited when it guesses tokens', async () => {
      const guess = (n: number) =>
        new ApiClient(site.url, {
          authorization: `Bearer sameboat_${String(n).padStart(43, 'x')}`,
        }).send('GET', '/me');
      const statuses = new Set<number>();
      for (let n = 0; n < 70; n += 1) statuses.add((await guess(n)).status);
      expect([...statuses]).toEqual([401, 429]);
    });
  });
});
