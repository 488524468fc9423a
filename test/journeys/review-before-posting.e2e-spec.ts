import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SafetyPlans } from '../../src/safety-plans/safety-plans.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';

const CRISIS = 'I have decided to end my life tonight.';
const TITLE = 'This sounds very hard. You do not have to be alone with it.';

describe('an author who reviews a post before sending it', () => {
  let site: TestApp;
  let author: Browser;
  let thread = '';

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'harbour' });
    await site.make.join('awake', 'harbour');
    const id = await site.make.member('awake');
    await site.make.join('other', 'harbour');
    thread = await site.make.thread({ community: 'harbour', author: 'other', title: 'A thread' });
    await site.app
      .get(SafetyPlans, { strict: false })
      .saveCard(id, { people: 'Jo 07700 900 123', lines: '', reasons: 'The dog' });
    author = await site.as('awake');
  });
  afterAll(() => site.close());

  const send = (body: string, more: Record<string, string> = {}): Promise<Answer> =>
    author.post(
      '/c/harbour/threads',
      { title: 'A title', body, kind: 'support', replyWish: 'listen', ...more },
      '/c/harbour/new',
    );
  const posts = async (): Promise<number> =>
    (
      await site.make.rows(`select 1 from posts p join members m on m.id = p.author_id
      where m.handle = 'awake'`)
    ).length;

  it('sees their own card, the helplines and their text, and posts with one press', async () => {
    const before = await posts();
    const review = await send(CRISIS, { review: 'on' });
    expect(await posts()).toBe(before);
    const text = textOf(review.html);
    const places = [TITLE, 'Jo 07700 900 123', 'The dog', 'Samaritans', 'Post it now', CRISIS];
    const found = places.map((place) => text.indexOf(place));
    expect(found.every((at) => at >= 0)).toBe(true);
    expect([...found].sort((a, b) => a - b)).toEqual(found);
    expect(text).toContain('Nothing has been sent to anyone yet.');
    expect(review.html).toContain('form="new-thread"');
    expect((await send(CRISIS)).status).toBe(303);
    expect(await posts()).toBe(before + 1);
  });

  it('never gets a review without asking for one', async () => {
    const before = await posts();
    expect((await send(`${CRISIS} Again.`)).status).toBe(303);
    expect(await posts()).toBe(before + 1);
  });

  it('is told if there is nothing to change, and shown personal details if there are any', async () => {
    const plain = textOf((await send('The kettle is on.', { review: 'on' })).html);
    expect(plain).toContain('We found nothing you might want to change.');
    expect(plain).not.toContain(TITLE);
    const details = await send('Ring me on 07700 900 456.', { review: 'on' });
    expect(details.html).toContain('07700 900 456');
    expect(textOf(details.html)).not.toContain('We found nothing');
    expect(details.html).toContain('name="detailsSeen"');
  });

  it('sees the same beside a draft that names a danger', async () => {
    await author.post('/drafts', { place: '/c/harbour/threads', body: CRISIS }, '/c/harbour/new');
    const page = textOf((await author.get('/c/harbour/new')).html);
    expect(page).toContain(TITLE);
    expect(page).toContain('Jo 07700 900 123');
    await author.post(
      '/drafts',
      { place: '/c/harbour/threads', body: 'The kettle is on.', draftVersion: '1' },
      '/c/harbour/new',
    );
    expect(textOf((await author.get('/c/harbour/new')).html)).not.toContain(TITLE);
  });

  it('sees the same beside a reply', async () => {
    const before = await posts();
    const path = `/t/${thread}/replies`;
    const review = await author.post(path, { body: CRISIS, review: 'on' }, `/t/${thread}`);
    expect(textOf(review.html)).toContain(TITLE);
    expect(review.html).toContain('form="new-reply"');
    expect(await posts()).toBe(before);
  });

  it('does not see the card while the private area is locked', async () => {
    await site.make.rows(`
      insert into toolkit_settings (member_id, lock_minutes)
      select id, 5 from members where handle = 'awake'
      on conflict (member_id) do update set lock_minutes = 5`);
    const text = textOf((await send(CRISIS, { review: 'on' })).html);
    expect(text).toContain(TITLE);
    expect(text).not.toContain('Jo 07700');
  });
});
