import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY } from '../../src/kernel/clock.js';
import { NoticeMails } from '../../src/notifications/email/notice-mails.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const SECRET = 'only our mail server knows';
const WAY = { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` };

describe('bounced mails', () => {
  let site: TestApp;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({
      env: { MAIL_INTAKE_SECRET: SECRET, MAIL_BOUNCE_ADDRESS: 'bounce@boat.example' },
    });
    await site.make.community({ slug: 'nights' });
    for (const handle of ['ann', 'bob']) await site.make.join(handle, 'nights');
    thread = await site.make.thread({ community: 'nights', author: 'ann', title: 'Awake again' });
  });
  afterAll(() => site.close());

  const tell = (body: object, headers: Record<string, string> = WAY) =>
    site.browser().postRaw('/webhooks/mail/bounces', JSON.stringify(body), headers);
  const markOf = (address: string | undefined): string =>
    /\+([0-9a-f]{32})@/.exec(address ?? '')?.[1] ?? '';
  const rows = (text: string, params: unknown[] = []): Promise<unknown[]> =>
    site.make.rows(text, params);
  const stopped = async (handle = 'ann'): Promise<unknown> =>
    (
      await rows(
        `
          select reason
          from mail_suppressions x
          join members m on m.id = x.member_id
          where m.handle = $1 and x.lifted_at is null
        `,
        [handle],
      )
    )[0] ?? null;

  /** Bob replies a day later, and the notice is mailed to Ann. */
  async function mailReply(): Promise<void> {
    site.clock.move(DAY);
    await rows('update notices set read_at = now()');
    const id = await site.make.notice('ann', await site.make.reply({ thread, author: 'bob' }));
    await site.app.get(NoticeMails).mail(id);
  }

  it('a mail has a return path of its own for bounces', async () => {
    await mailReply();
    const [letter] = site.post.to('ann@example.org');
    expect(letter?.returnPath).toMatch(/^bounce\+[0-9a-f]{32}@boat\.example$/);
    expect(JSON.stringify({ ...letter, returnPath: '' })).not.toContain(markOf(letter?.returnPath));
  });

  it('only our mail server may report bounces', async () => {
    const mark = markOf(site.post.to('ann@example.org')[0]?.returnPath);
    const body = { mark, type: 'hard', code: '5.1.1' };
    for (const authorization of [
      '',
      'Bearer',
      'Bearer wrong',
      `Basic ${SECRET}`,
      `Bearer ${SECRET} `.replace(' ', '  '),
    ])
      expect((await tell(body, { ...WAY, authorization })).status).toBe(403);
    expect((await tell(body, { 'content-type': 'application/json' })).status).toBe(403);
    for (const wrong of [
      {},
      { mark },
      { mark, type: 'angry' },
      { mark: 'x', type: 'hard' },
      { mark: { a: 1 }, type: 'hard' },
      [],
    ])
      expect([wrong, (await tell(wrong)).status]).toEqual([wrong, 422]);
    expect(await stopped()).toBeNull();
  });

  it('an unknown bounce token changes nothing', async () => {
    expect(JSON.parse((await tell({ mark: 'f'.repeat(32), type: 'hard' })).html)).toEqual({
      known: false,
    });
    expect(await rows('select 1 from mail_suppressions')).toEqual([]);
  });

  it('a missing mailbox stops all mails but those about account security', async () => {
    const mark = markOf(site.post.to('ann@example.org')[0]?.returnPath);
    for (let n = 0; n < 2; n += 1)
      expect(
        JSON.parse(
          (await tell({ recipientMark: mark.toUpperCase(), type: 'hard', code: '5.1.1' })).html,
        ),
      ).toEqual({ known: true });
    expect(await stopped()).toEqual({ reason: 'hard' });
    const before = site.post.to('ann@example.org').length;
    await mailReply();
    expect(site.post.to('ann@example.org').length).toBe(before);
    await site.browser().post('/forgot', { email: 'ann@example.org' }, '/forgot');
    await site.post.next('ann@example.org', before + 1);
  });

  it('the member is told, confirms the address and gets mails again', async () => {
    const ann = await site.as('ann');
    const page = textOf((await ann.get('/settings/security')).html);
    expect(page).toContain(
      'Our emails to this address came back because the mailbox does not exist.',
    );
    const before = site.post.to('ann@example.org').length;
    expect(
      (await ann.post('/settings/security/verification', {}, '/settings/security')).status,
    ).toBe(303);
    const letter = await site.post.next('ann@example.org', before + 1);
    const path = /\/verify\/[\w-]+/.exec(letter.text)?.[0] ?? '';
    await ann.get(path);
    expect(await stopped()).not.toBeNull();
    expect((await ann.post(path, {}, path)).status).toBe(303);
    expect(await stopped()).toBeNull();
    expect(textOf((await ann.get('/settings/security')).html)).not.toContain('came back');
    await mailReply();
    expect(site.post.to('ann@example.org').length).toBe(before + 2);
  });

  it('a late bounce of an earlier mail does not stop mails again', async () => {
    const first = site.post.to('ann@example.org')[0];
    expect(
      JSON.parse((await tell({ mark: markOf(first?.returnPath), type: 'complaint' })).html),
    ).toEqual({ known: true });
    expect(await stopped()).toBeNull();
  });

  it('the fifth bounce of a full mailbox stops mails', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect([n, await stopped()]).toEqual([n, null]);
      await mailReply();
      const letter = site.post.to('ann@example.org').at(-1);
      for (let twice = 0; twice < 2; twice += 1)
        await tell({ mark: markOf(letter?.returnPath), type: 'soft', code: 452 });
    }
    expect(await stopped()).toEqual({ reason: 'soft' });
  });

  it('a complaint in the standard feedback format (ARF) is understood', async () => {
    await rows('update mail_suppressions set lifted_at = $1', [site.clock.now()]);
    await mailReply();
    const letter = site.post.to('ann@example.org').at(-1);
    const raw = [
      'From: feedback@mx.example',
      'To: complaints@boat.example',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      `Feedback-Type: abuse\r\nOriginal-Mail-From: <${letter?.returnPath ?? ''}>\r\n`,
      '--b--',
      '',
    ].join('\r\n');
    expect(JSON.parse((await tell({ raw })).html)).toEqual({ known: true });
    expect(await stopped()).toEqual({ reason: 'complaint' });
  });

  it('a new address starts with a clean record', async () => {
    const member = await site.make.member('ann');
    await rows(
      `
        insert into one_time_tokens (token_hash, purpose, member_id, email, expires_at)
        values (sha256('${'n'.repeat(43)}'::bytea), 'change-email', $1, 'new@mail.example', $2)
      `,
      [member, new Date(site.clock.ms() + DAY)],
    );
    const ann: Browser = await site.as('ann');
    expect((await ann.post(`/settings/security/address/${'n'.repeat(43)}`)).status).toBe(303);
    expect(await stopped()).toBeNull();
    // The new address gets a mail that it now belongs to the account.
    const received = (): number => site.post.to('new@mail.example').length;
    await eventually(() => received() === 1, 'the new address is told');
    await mailReply();
    expect(received()).toBe(2);
  });

  it('a rejection of this server stops no mails, and the operator is told', async () => {
    await mailReply();
    const letter = site.post.to('new@mail.example').at(-1);
    const raw = [
      'From: MAILER-DAEMON@mx.example',
      `To: ${letter?.returnPath ?? ''}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; new@mail.example',
      'Action: failed',
      'Status: 5.0.0',
      'Diagnostic-Code: smtp; 550 5.1.8 Sender address rejected: Domain not found',
      '--b--',
      '',
    ].join('\r\n');
    const rawBase64 = Buffer.from(raw).toString('base64');
    expect(JSON.parse((await tell({ rawBase64 })).html)).toEqual({ known: true });
    expect(await stopped()).toBeNull();
    await site.make.member('admin', { role: 'admin' });
    const page = textOf((await (await site.as('admin')).get('/admin/mail')).html);
    expect(page).toContain('Refused because of this server');
    expect(page).toContain('5.1.8: 1 email, 1 domain');
  });

  it('the operator sees delivery figures without recipients or contents', async () => {
    const admin = await site.as('admin');
    const page = await admin.get('/admin/mail?state=sent');
    expect(textOf(page.html)).toMatch(/Notifications Sent 250 1/);
    expect(textOf((await admin.get('/admin/mail?state=suppressed')).html)).toMatch(
      /Notifications Stopped/,
    );
    expect(page.html).not.toMatch(/@(example|mail)|\bann\b|\bbob\b|Awake|nights/);
    await eventually(
      async () => (await admin.get('/admin/mail?state=nonsense')).status === 200,
      'a page',
    );
  });

  it('the operator previews each kind of mail without sending it', async () => {
    const admin = await site.as('admin');
    const before = site.post.letters.length;
    const list = await admin.get('/admin/mail/previews');
    expect(textOf(list.html)).toContain('Several things are waiting Messages You have a message');
    const links = [...list.html.matchAll(/href="(\/admin\/mail\/previews\/[\w-]+)"/g)].map(
      ([, link]) => link ?? '',
    );
    expect(links.length).toBeGreaterThan(15);
    const [text, html] = [
      await admin.get('/admin/mail/previews/notice-content'),
      await admin.get('/admin/mail/previews/notice-content/html'),
    ];
    expect(text.html).toContain('<pre>Hello,\n\nSomething is waiting for you.');
    expect(html.html).toContain('<!doctype html>');
    expect(html.headers.get('content-type')).toContain('text/html');
    const dark = /href="([^"]+\?screen=dark)"/.exec(text.html)?.[1] ?? '';
    expect((await admin.get(dark)).html).not.toContain('prefers-color-scheme');
    expect(html.headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
    expect(html.headers.get('cache-control')).toContain('no-store');
    expect((await admin.get('/admin/mail/previews/nothing')).status).toBe(404);
    expect(site.post.letters.length).toBe(before);
  });
});
