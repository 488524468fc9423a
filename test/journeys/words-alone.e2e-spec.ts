import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const CRISIS = 'I am going to kill myself tonight when the house is asleep.';

/**
 * A risk that only the learnt classifier finds is shown to moderators alone; only a rule has effects
 * that the author and readers see.
 */
describe('a post that only the classifier flags', () => {
  let site: TestApp;
  let writer: Browser;
  let reader: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'open' });
    await site.make.rows(
      `update communities set hold_on_shift = 'crisis', hold_outside = 'crisis' where slug = 'open'`,
    );
    await site.make.join('writer', 'open');
    await site.make.join('reader', 'open');
    writer = await site.as('writer');
    reader = await site.as('reader');
  });
  afterAll(() => site.close());

  const begin = async (body: string): Promise<string> => {
    const posted = await writer.post(
      '/c/open/threads',
      { title: 'An evening', body, kind: 'support', replyWish: 'listen' },
      '/c/open/new',
    );
    expect(posted.status).toBe(303);
    return posted.location ?? '';
  };
  const post = async (path: string, number: number): Promise<unknown> => {
    const [row] = (await site.make.rows(
      `
        select p.status, p.tier,
          (select rc.tier from review_cases rc where rc.post_id = p.id) as case
       from posts p where p.thread_id = $1 and p.number = $2`,
      [path.split('/')[2]?.split(/[?#]/)[0], number],
    )) as unknown[];
    return row;
  };

  it('is published unfolded, without a care card, and has a case', async () => {
    const screening = site.app.get(Screening);
    const rules = screening.assess;
    screening.assess = () => ({ tier: 'crisis', named: 'none', signals: [], rulesVersion: 'test' });
    const path = await begin('Words that no rule knows.');
    screening.assess = rules;
    expect(await post(path, 1)).toEqual({ status: 'published', tier: 'none', case: 'crisis' });
    const page = await reader.get(path);
    expect(page.status).toBe(200);
    expect(textOf(page.html)).toContain('Words that no rule knows.');
  });

  it('is held if a rule matches too', async () => {
    const path = await begin(CRISIS);
    expect(await post(path, 1)).toEqual({ status: 'held', tier: 'crisis', case: 'crisis' });
    expect((await reader.get(path)).status).toBe(404);
  });

  it('may be a reply that quotes somebody in danger', async () => {
    const path = await begin('Just saying hello.');
    await site.make.rows('update posts set body = $2 where thread_id = $1', [
      path.split('/')[2]?.split(/[?#]/)[0],
      CRISIS,
    ]);
    const answer = await reader.post(
      `${path}/replies`,
      { body: `> ${CRISIS}\n\nThank you for telling us. I am here this evening.` },
      path,
    );
    expect(answer.status).toBe(303);
    expect(await post(path, 2)).toMatchObject({ status: 'published', tier: 'none' });
  });
});
