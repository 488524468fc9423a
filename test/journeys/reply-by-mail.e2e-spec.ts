import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY } from '../../src/kernel/clock.js';
import { NoticeMails } from '../../src/notifications/notice-mails.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf } from '../support/browser.js';

const SECRET = 'only our mail server knows';
let count = 0;

describe('an answer by mail', () => {
  let site: TestApp;
  let thread: string;
  let address: string;

  beforeAll(async () => {
    site = await testApp({ env: { MAIL_INTAKE_SECRET: SECRET, REPLY_BY_MAIL: 'on', MAIL_REPLY_ADDRESS: 'reply@boat.example' } });
    await site.make.community({ slug: 'nights' });
    for (const handle of ['ann', 'bob']) await site.make.join(handle, 'nights');
    thread = await site.make.thread({ community: 'nights', author: 'ann', title: 'Awake again', alias: 'quiet-lamp' });
    await site.make.rows(`insert into guideline_acknowledgements (member_id, community_id, version) select m.id, c.id, c.guidelines_version from members m, communities c on conflict do nothing`);
    await site.app.get(NoticeMails).mail(await site.make.notice('ann', await site.make.reply({ thread, author: 'bob' })));
    address = site.post.to('ann@example.org')[0]?.replyTo ?? '';
  });
  afterAll(() => site.close());

  const mail = (body: string, headers: Record<string, string> = {}): string =>
    Object.entries({ From: 'Ann <ann@example.org>', To: address, Subject: 'Re: You have a message', 'Message-ID': `<m${++count}@mail.example>`, 'MIME-Version': '1.0', 'Content-Type': 'text/plain; charset=utf-8', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('') + `\r\n${body}`;
  async function hand(raw: string): Promise<string> {
    const answer = await site.browser().postRaw('/webhooks/mail/replies', JSON.stringify({ raw }), { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` });
    expect(answer.status).toBe(200);
    return (JSON.parse(answer.html) as { outcome: string }).outcome;
  }
  const posts = async (): Promise<number> => ((await site.make.rows('select count(*)::int as count from posts')) as [{ count: number }])[0].count;

  it('has an address of its own for each reader and thread, which tells nothing', () => {
    expect(address).toMatch(/^reply\+[0-9a-f]{40}@boat\.example$/);
  });

  it('is posted once, without what it quotes and what hangs on it, under the name that its writer bears there', async () => {
    const parts = mail('', { 'Content-Type': 'multipart/mixed; boundary=b' }) + ['--b', 'Content-Type: text/plain; charset=utf-8', '', 'I read this on the train.', '', 'On Mon, 1 Jun 2026 at 10:00, Messages <post@boat.example> wrote:', '> Something is waiting for you.', '', '--b', 'Content-Type: text/html', '', '<p>Another text<script>x</script></p>', '--b', 'Content-Type: image/png', 'Content-Disposition: attachment; filename=me.png', '', 'AAAA', '--b--', ''].join('\r\n');
    const before = await posts();
    expect(await hand(parts)).toBe('posted');
    expect(await hand(parts)).toBe('posted');
    expect(await posts()).toBe(before + 1);
    const page = textOf((await (await site.as('bob')).get(`/t/${thread}`)).html);
    expect(page).toContain('I read this on the train.');
    expect(page).not.toMatch(/Something is waiting|Another text|me\.png|\bann\b/);
    expect(page).toContain('quiet-lamp');
  });

  it.each<[string, Record<string, string>]>([
    ['out of office', { 'Auto-Submitted': 'auto-replied' }],
    ['out of office of another kind', { 'X-Auto-Response-Suppress': 'All' }],
    ['of a list', { Precedence: 'bulk' }],
    ['of a bounce', { 'Return-Path': '<>' }],
    ['of a stranger who knows the address', { From: 'bob@example.org' }],
    ['of two people at once', { From: 'ann@example.org, bob@example.org' }],
    ['to an address that we did not make', { To: `reply+${'0'.repeat(40)}@boat.example` }],
    ['to nobody', { To: 'reply@boat.example' }],
  ])('that is %s is let lie, and nobody is written to', async (_what, headers) => {
    const before = [await posts(), site.post.letters.length];
    expect(await hand(mail('Not posted.', headers))).toBe('ignored');
    expect([await posts(), site.post.letters.length]).toEqual(before);
  });

  it('is held like any other where it sounds like danger', async () => {
    await site.make.rows(`update communities set pre_moderation = 'all'`);
    expect(await hand(mail('Words that a person reads first.'))).toBe('held');
    await site.make.rows(`update communities set pre_moderation = 'none'`);
  });

  it('with nothing new in it is refused, kindly, in words that tell nothing, once a day', async () => {
    const before = site.post.to('ann@example.org').length;
    for (let n = 0; n < 3; n += 1) expect(await hand(mail('> only what was quoted\r\n'))).toBe('refused');
    const letter = await site.post.next('ann@example.org', before + 1);
    expect(letter.text).toContain('Your answer by mail did not arrive.');
    expect(`${letter.subject}${letter.text}`).not.toMatch(/Awake|nights|quiet-lamp|thread/);
    expect(letter.headers['Auto-Submitted']).toBe('auto-generated');
    expect(site.post.to('ann@example.org').length).toBe(before + 1);
  });

  it('is refused where the thread is muted, closed or left, and after a month the address is of no use', async () => {
    const before = await posts();
    await site.make.rows(`update thread_follows set level = 'muted' where thread_id = $1`, [thread]);
    expect(await hand(mail('Words.'))).toBe('refused');
    await site.make.rows(`update thread_follows set level = 'following'`);
    await site.make.rows('update threads set locked_at = now()');
    expect(await hand(mail('Words.'))).toBe('refused');
    await site.make.rows('update threads set locked_at = null');
    site.clock.move(31 * DAY);
    expect(await hand(mail('Words.'))).toBe('ignored');
    expect(await posts()).toBe(before);
  });

  it('is taken from our mail server alone', async () => {
    const raw = JSON.stringify({ raw: mail('Words.') });
    for (const authorization of ['', 'Bearer wrong']) expect((await site.browser().postRaw('/webhooks/mail/replies', raw, { 'content-type': 'application/json', authorization })).status).toBe(403);
  });
});
