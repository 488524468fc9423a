import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const DAY = 86_400_000;
const HOUR = DAY / 24;

describe('the time zone of a reader far from the group', () => {
  let site: TestApp;
  let member: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'nights' });
    await site.make.rows(
      `
        update communities
        set hours = '{"timeZone":"UTC","weekly":[{"days":[1,2,3,4,5,6,7],"from":"10:00","to":"21:00"}],"outside":""}'
      `,
    );
    await site.make.join('awake', 'nights', 'member');
    // Nine hours ahead of UTC all year.
    await site.make.rows(`update members set time_zone = 'Asia/Tokyo'`);
    const tomorrow = (Math.floor(site.clock.ms() / DAY) + 1) * DAY;
    site.clock.move(tomorrow + 3 * HOUR - site.clock.ms());
    member = await site.as('awake');
  });
  afterAll(() => site.close());

  it('applies, with its name, to review times and to moderators’ hours alike', async () => {
    const posted = await member.post(
      '/c/nights/threads',
      {
        title: 'Tonight',
        body: 'I have decided to end my life tonight.',
        kind: 'support',
        replyWish: 'listen',
      },
      '/c/nights/new',
    );
    const text = textOf((await member.follow(posted)).html);
    expect(text).toContain('Our team is unlikely to read this before 19:00 today (Tokyo time).');
    expect(text).toContain('It should be read by 19:10 today (Tokyo time).');
    expect(text).toContain('Someone will be back today at 19:00 (Tokyo time).');
  });

  it('applies to the weekly hours on the group’s page', async () => {
    const text = textOf((await member.get('/c/nights')).html);
    expect(text).toContain('Every day 00:00 to 06:00 and 19:00 to 24:00');
    expect(text).toContain('These hours are in Tokyo time.');
    const guest = textOf((await site.browser().get('/c/nights')).html);
    expect(guest).toContain('These hours are in London time.');
  });
});
