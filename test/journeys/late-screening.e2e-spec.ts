import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { assessRisk } from '../../src/triage/assess-risk.js';
import { Screening, SCREENING_TIME } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import type { Answer, Browser } from '../support/browser.js';

const PLACED = 'My ex, Mark Ellison, works at the Asda in Wigan.';

describe('a post that takes too long to screen', () => {
  let site: TestApp;
  let screening: Screening;
  let writer: Browser;
  let other: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    screening = site.app.get(Screening);
    await site.make.community({ slug: 'here' });
    for (const name of ['writer', 'reader']) await site.make.join(name, 'here');
    [writer, other] = [await site.as('writer'), await site.as('reader')];
  });
  afterAll(() => site.close());
  afterEach(() => {
    screening.assess = assessRisk;
  });

  /** Exceeds the time limit of screening. @param before whether before or after the rules run */
  const late = (before: boolean): void => {
    screening.assess = (text, context, budget) => {
      if (before) site.clock.move(SCREENING_TIME + 1);
      const assessment = assessRisk(text, context, budget);
      if (!before) site.clock.move(SCREENING_TIME + 1);
      return assessment;
    };
  };
  const open = (body: string): Promise<Answer> =>
    writer.post(
      '/c/here/threads',
      { title: 'A week', body, kind: 'support', replyWish: 'listen' },
      '/c/here/new',
    );
  const idOf = (answer: Answer): string => /\/t\/(\d+)/.exec(answer.location ?? '')?.[1] ?? '';
  const post = async (
    thread: string,
  ): Promise<{ id: string; status: string; body: string; tier: string }> => {
    const rows = await site.make.rows(
      'select id, status, body, tier from posts where thread_id = $1',
      [thread],
    );
    return (
      (rows as { id: string; status: string; body: string; tier: string }[])[0] ?? {
        id: '',
        status: '',
        body: '',
        tier: '',
      }
    );
  };
  const cases = (id: string): Promise<unknown[]> =>
    site.make.rows(
      `select c.tier, c.state, r.reason from review_cases c join case_reasons r on r.case_id = c.id
       where c.post_id = $1 and r.source = 'triage' order by r.reason`,
      [id],
    );

  it.each([
    ['the rules', true],
    ['the search for personal details', false],
  ])('is published unscreened and queued for a moderator: %s', async (_what, before) => {
    late(before);
    const posted = await open(PLACED);
    expect(posted.status).toBe(303);
    expect(await post(idOf(posted))).toMatchObject({
      status: 'published',
      body: PLACED,
      tier: 'unknown',
    });
    expect((await other.follow(posted)).status).toBe(200);
    expect(await cases((await post(idOf(posted))).id)).toEqual([
      { tier: 'unknown', state: 'open', reason: 'screening-late' },
    ]);
  });

  it('keeps the findings made in time', async () => {
    late(false);
    const posted = await open('I keep having thoughts of suicide.');
    expect(await cases((await post(idOf(posted))).id)).toEqual([
      { tier: 'urgent', state: 'open', reason: 'screening-late' },
      { tier: 'urgent', state: 'open', reason: 'urgent' },
    ]);
  });

  it('stays held if it was held: an incomplete screening publishes nothing', async () => {
    const response = await open(PLACED);
    expect(response.status).toBe(422);
    const mark = /name="detailsSeen" value="([^"]+)"/g;
    const marks = [...response.html.matchAll(mark)].map(([, value]) => value ?? '');
    const posted = await writer.post(
      '/c/here/threads',
      {
        title: 'A week',
        body: PLACED,
        kind: 'support',
        replyWish: 'listen',
        detailsSeen: marks.at(-1) ?? '',
      },
      '/c/here/new',
    );
    const { id } = await post(idOf(posted));
    expect((await post(idOf(posted))).status).toBe('held');
    late(false);
    const form = `/posts/${id}/edit`;
    expect(
      (await writer.post(form, { body: 'My ex works somewhere.', version: '1' }, form)).status,
    ).toBe(303);
    expect(await post(idOf(posted))).toMatchObject({
      status: 'held',
      body: 'My ex works somewhere.',
    });
    screening.assess = assessRisk;
    // The same change is published when it is screened in time.
    await writer.post(form, { body: PLACED, version: '2', detailsSeen: marks.at(-1) ?? '' }, form);
    await writer.post(form, { body: 'My ex works elsewhere.', version: '3' }, form);
    expect(await post(idOf(posted))).toMatchObject({ status: 'published' });
  });
});
