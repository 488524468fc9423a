import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf as words, type Answer, type Browser, type Fields } from '../support/browser.js';

/** The text as a reader sees it: a `<mark>` leaves no gap before a comma. */
function textOf(html: string): string {
  return words(html).replace(/ (?=[.,])/g, '');
}

/** The forms of a page that post to `action`, with the fields they would send. */
function formsTo(html: string, action: string): Fields[] {
  const plain = (text: string): string =>
    text
      .replaceAll('&#x27;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&#x3D;', '=')
      .replaceAll('&amp;', '&');
  return [...html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)]
    .filter(([, to = '', inside = '']) => to === action && !inside.includes('<textarea'))
    .map(([, , inside = '']) => {
      const fields: Record<string, string[]> = {};
      for (const [, name = '', value = ''] of inside.matchAll(
        /<input type="hidden" name="([^"]+)" value="([^"]*)">/g,
      ))
        if (name !== '_csrf') (fields[name] ??= []).push(plain(value));
      return fields;
    });
}

describe('personal details in a post', () => {
  let site: TestApp;
  let writer: Browser;
  let other: Browser;
  let keeper: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'open' });
    await site.make.join('writer', 'open');
    await site.make.join('reader', 'open');
    await site.make.join('keeper', 'open', 'moderator');
    [writer, other, keeper] = [
      await site.as('writer'),
      await site.as('reader'),
      await site.as('keeper'),
    ];
  });
  afterAll(() => site.close());

  const open = (body: string, more: Fields = {}): Promise<Answer> =>
    writer.post(
      '/c/open/threads',
      { title: 'A long week', body, kind: 'support', replyWish: 'listen', ...more },
      '/c/open/new',
    );
  const postOf = async (
    location: string | null,
    number = 1,
  ): Promise<{
    id: string;
    status: string;
    held_for: string | null;
    body: string;
    version: number;
  }> =>
    (
      (await site.make.rows(
        'select id, status, held_for, body, version from posts where thread_id = $1 and number = $2',
        [/\/t\/(\d+)/.exec(location ?? '')?.[1], number],
      )) as { id: string; status: string; held_for: string | null; body: string; version: number }[]
    )[0] ?? { id: '', status: 'none', held_for: null, body: '', version: 0 };
  const written = async (): Promise<number> => (await site.make.rows('select 1 from posts')).length;

  it('are explained before posting, with a preview of the redacted text', async () => {
    const before = await written();
    const answer = await open(
      'Thank you all for last week.\n\nRing me on 07700 900123 if you like.',
      { contentWarnings: 'medication', idempotencyKey: 'one-1' },
    );
    expect(answer.status).toBe(422);
    const text = textOf(answer.html);
    expect(text).toContain('This looks like a phone number: 07700 900123');
    expect(text).toContain('Keep it private?');
    expect(text).toContain('You have done nothing wrong.');
    expect(text).toContain('Ring me on [phone number left out] if you like.');
    expect(text).not.toContain('until a moderator has read it');
    expect(answer.html).toContain('Ring me on 07700 900123 if you like.</textarea>');
    expect(answer.html).toMatch(/value="medication" checked/);
    expect(await written()).toBe(before);

    const [edited] = formsTo(answer.html, '/c/open/threads');
    const posted = await writer.post('/c/open/threads', edited ?? {}, '/c/open/new');
    expect(posted.status).toBe(303);
    expect(await postOf(posted.location)).toMatchObject({
      status: 'published',
      body: 'Thank you all for last week.\n\nRing me on [phone number left out] if you like.',
    });
    expect((await other.follow(posted)).html).not.toContain('900123');
    // The detail opened no case.
    expect(
      await site.make.rows(
        `
          select r.source, r.reason, p.body
          from case_reasons r
          join review_cases c on c.id = r.case_id
          join posts p on p.id = c.post_id
        `,
      ),
    ).toEqual([]);
  });

  it('of the author are posted unchanged on confirmation, which covers only this text', async () => {
    const answer = await open('Write to jamie.rivers@example.com', { idempotencyKey: 'two-2' });
    const [, asIs] = formsTo(answer.html, '/c/open/threads');
    const changed = await writer.post(
      '/c/open/threads',
      { ...asIs, body: 'Write to jamie.rivers@example.com or 07700 900123' },
      '/c/open/new',
    );
    expect(changed.status).toBe(422);
    expect(textOf(changed.html)).toContain('This looks like a phone number');
    const posted = await writer.post('/c/open/threads', asIs ?? {}, '/c/open/new');
    expect(await postOf(posted.location)).toMatchObject({
      status: 'published',
      body: 'Write to jamie.rivers@example.com',
    });
    // A double submission leads to the thread that the first one created.
    expect((await writer.post('/c/open/threads', asIs ?? {}, '/c/open/new')).location).toBe(
      posted.location,
    );
  });

  it('never include helpline numbers', async () => {
    const posted = await open(
      'Samaritans are on 116 123, text SHOUT to 85258, and in danger ring 999 or 112. Childline is 0800 1111.',
    );
    expect(posted.status).toBe(303);
    expect(await postOf(posted.location)).toMatchObject({ status: 'published' });
  });

  it('of somebody else hold the post until a moderator publishes it', async () => {
    const thread = await site.make.thread({ community: 'open', author: 'writer' });
    const answer = await writer.post(
      `/t/${thread}/replies`,
      { body: 'My ex, Mark Ellison, works at the Asda in Wigan.' },
      `/t/${thread}`,
    );
    expect(answer.status).toBe(422);
    expect(textOf(answer.html)).toContain(
      'only you and the moderators can see the post until a moderator has read it',
    );
    const [, asIs] = formsTo(answer.html, `/t/${thread}/replies`);
    const posted = await writer.post(`/t/${thread}/replies`, asIs ?? {}, `/t/${thread}`);
    const post = await postOf(`/t/${thread}`, 2);
    expect(post).toMatchObject({ status: 'held', held_for: 'detail' });
    const own = textOf((await writer.follow(posted)).html);
    expect(own).toContain('It may contain a detail that could hurt you or someone else.');
    expect(own).toContain('My ex, [name left out], works at the Asda');
    expect((await other.get(`/t/${thread}`)).html).not.toContain('Ellison');
    const [{ id }] = (await site.make.rows(
      `select id from review_cases where post_id = $1 and state = 'open'`,
      [post.id],
    )) as [{ id: string }];
    await keeper.post(`/mod/cases/${id}/claim`);
    expect(
      (
        await keeper.post(`/mod/cases/${id}/decide`, {
          action: 'publish',
          rule: 'detail',
          reason: 'It may stand.',
        })
      ).status,
    ).toBe(303);
    expect((await other.get(`/t/${thread}`)).html).toContain('Ellison');
  });

  it('of somebody else hold the post until the author accepts the redacted text', async () => {
    const answer = await open('Dr Sarah Whitlock at Northgate surgery would not listen.');
    const [, asIs] = formsTo(answer.html, '/c/open/threads');
    const posted = await writer.post('/c/open/threads', asIs ?? {}, '/c/open/new');
    const post = await postOf(posted.location);
    expect(post).toMatchObject({ status: 'held', held_for: 'detail' });
    expect((await other.follow(posted)).status).toBe(404);
    // Any other change leaves the post held.
    await writer.post(
      `/posts/${post.id}/edit`,
      { body: `${post.body} At all.`, version: String(post.version) },
      `/posts/${post.id}/edit`,
    );
    expect(await postOf(posted.location)).toMatchObject({ status: 'held' });
    const [edited] = formsTo((await writer.follow(posted)).html, `/posts/${post.id}/edit`);
    expect(
      (await writer.post(`/posts/${post.id}/edit`, edited ?? {}, `/posts/${post.id}/edit`)).status,
    ).toBe(303);
    expect(await postOf(posted.location)).toMatchObject({
      status: 'published',
      held_for: null,
      body: '[name left out] at Northgate surgery would not listen. At all.',
    });
    expect(textOf((await other.follow(posted)).html)).toContain(
      '[name left out] at Northgate surgery',
    );
  });

  it('are explained in an edit too, except those already published', async () => {
    const thread = await site.make.thread({
      community: 'open',
      author: 'writer',
      body: 'My mail is old.name@example.com.',
    });
    const { id } = await postOf(`/t/${thread}`);
    const edit = (body: string): Promise<Answer> =>
      writer.post(`/posts/${id}/edit`, { body, version: '1' }, `/posts/${id}/edit`);
    const answer = await edit(
      'My mail is old.name@example.com. I live at 14 Acacia Road, Leeds LS6 2AB.',
    );
    expect(answer.status).toBe(422);
    expect(textOf(answer.html)).toContain('This looks like an address');
    expect(textOf(answer.html)).not.toContain('This looks like an email address');
    expect((await edit('My mail is old.name@example.com. And thank you.')).status).toBe(303);
  });

  it('do not delay a cry for help: it is saved at once, and the explanation follows', async () => {
    const posted = await open(
      'I have decided to end my life tonight. I took 20 tablets. My number is 07700 900123.',
    );
    expect(posted.status).toBe(303);
    const post = await postOf(posted.location);
    expect(post.body).toContain('20 tablets');
    expect(
      await site.make.rows(`select tier from review_cases where post_id = $1`, [post.id]),
    ).toEqual([{ tier: 'crisis' }]);
    const page = await writer.follow(posted);
    const text = textOf(page.html);
    expect(text).toContain('If your life is in danger now, call 999');
    expect(text.indexOf('call 999')).toBeLessThan(text.indexOf('This gives an amount'));
    expect(text).toContain('I took [amount left out]. My number is [phone number left out].');
    const [edited] = formsTo(page.html, `/posts/${post.id}/edit`);
    expect(
      (await writer.post(`/posts/${post.id}/edit`, edited ?? {}, `/posts/${post.id}/edit`)).status,
    ).toBe(303);
    expect((await postOf(posted.location)).body).not.toContain('20 tablets');
  });

  it('that can hurt hold an urgent post without asking first', async () => {
    const posted = await open('I keep having thoughts of suicide. I take 200 mg of it each night.');
    expect(posted.status).toBe(303);
    expect(await postOf(posted.location)).toMatchObject({ status: 'held', held_for: 'detail' });
  });

  it('that are quoted from another post count as already published', async () => {
    const thread = await site.make.thread({
      community: 'open',
      author: 'reader',
      body: 'Ring me on 07700 900456.',
    });
    expect(
      (
        await writer.post(
          `/t/${thread}/replies`,
          { body: '> Ring me on 07700 900456.\n\nThat is kind of you.' },
          `/t/${thread}`,
        )
      ).status,
    ).toBe(303);
  });
});
