import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NameServers } from '../../src/first-run/name-servers.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const PATH = '/admin/setup';

describe('setting up a new site', () => {
  let site: TestApp;
  let boss: Browser;
  const queried: string[] = [];

  beforeAll(async () => {
    site = await testApp({
      env: { MAIL_FROM: 'Messages <hello@boat.example>', DEFAULT_COUNTRY: 'IE' },
    });
    await site.make.member('boss', { role: 'admin' });
    await site.make.rows(`update members set email = 'boss@boat.example' where handle = 'boss'`);
    boss = await site.as('boss');
    site.app.get(NameServers).txt = (name) => {
      queried.push(name);
      return name === 'boat.example'
        ? Promise.resolve([['v=spf1 mx -all']])
        : Promise.reject(Object.assign(new Error(name), { code: 'ENODATA' }));
    };
  });
  afterAll(() => site.close());

  const words = async (): Promise<string> => textOf((await boss.get(PATH)).html);

  it('is linked from the administrators’ start page, and lists the open steps', async () => {
    expect((await boss.get('/admin')).html).toContain(`href="${PATH}"`);
    const text = await words();
    for (const open of [
      'do not yet say who runs this site',
      'helplines for: Ireland.',
      'Send yourself an email',
      'There is no community yet',
      'You are on your own',
      'Nobody is on call',
    ])
      expect(text).toContain(open);
  });

  it('sends a test email like any other, and shows its outcome', async () => {
    expect(await boss.post(`${PATH}/mail`, {}, PATH)).toMatchObject({
      status: 303,
      location: PATH,
    });
    const letter = await site.post.next('boss@boat.example');
    expect(letter.subject).toBe('A test');
    const text = await eventually(async () => {
      const page = await words();
      return page.includes(': Sent') && page;
    }, 'the state of the test');
    expect(text).toContain('The test email was sent.');
  });

  it('queries DNS only when the button is pressed', async () => {
    expect(queried).toEqual([]);
    const checked = await boss.post(`${PATH}/domain`, {}, PATH);
    const text = textOf(checked.html);
    expect(text).toContain('SPF at boat.example says who can send.');
    expect(text).toContain('We do not sign emails from boat.example.');
    expect(text).toContain('There is no DMARC record at _dmarc.boat.example.');
    expect(queried).toEqual(['boat.example', '_dmarc.boat.example']);
  });

  it('confirms a step once it is done', async () => {
    await site.make.community({ slug: 'nights' });
    await site.make.member('second', { role: 'moderator' });
    await site.make.rows(
      `insert into shifts (member_id, duty, starts_at, ends_at, entered_by, created_at)
       select id, 'primary', now(), now() + interval '1 day', id, now()
       from members where handle = 'second'`,
    );
    const text = await words();
    expect(text).toContain('There is one community.');
    expect(text).toContain('one person can moderate the whole site.');
    expect(text).toContain('There is one shift.');
  });

  it('allows ten tests an hour', async () => {
    let status = 303;
    for (let n = 0; n < 10 && status === 303; n += 1)
      ({ status } = await boss.post(`${PATH}/mail`, {}, PATH));
    expect(status).toBe(429);
  });
});
