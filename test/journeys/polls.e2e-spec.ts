import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY } from '../../src/kernel/clock.js';
import { testApp, type TestApp } from '../support/app.js';
import { Browser, textOf } from '../support/browser.js';

const VOTERS = ['ann', 'ben', 'cat', 'dan', 'eve'] as const;

describe('a poll in the opening of a thread', () => {
  let site: TestApp;
  let opener: Browser;
  let thread: string;
  const voters = new Map<string, Browser>();

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'nights' });
    await site.make.rows(`update communities set polls_allowed = true where slug = 'nights'`);
    for (const handle of ['opener', ...VOTERS]) await site.make.join(handle, 'nights');
    opener = await site.as('opener');
    for (const handle of VOTERS) voters.set(handle, await site.as(handle));
  });
  afterAll(() => site.close());

  const pollOf = async (reader: Browser): Promise<string> => {
    const { html } = await reader.get(`/t/${thread}`);
    const section = /<section[^>]*id="poll"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
    return textOf(section).replaceAll(/\s+/g, ' ');
  };
  const vote = async (handle: string, choice: 'Tea' | 'Music'): Promise<number> => {
    const voter = voters.get(handle);
    const { html } = (await voter?.get(`/t/${thread}`)) ?? { html: '' };
    const at = html.indexOf(`${choice}</`);
    const value = /value="(\d+)"/.exec(html.slice(html.lastIndexOf('<input', at), at))?.[1] ?? '';
    expect(value).not.toBe('');
    return (
      (await voter?.post(`/t/${thread}/vote`, { options: value }, `/t/${thread}`))?.status ?? 0
    );
  };

  it('is refused if an option is missing, with its text kept', async () => {
    const answer = await opener.post(
      '/c/nights/threads',
      { ...opening(), pollQuestion: 'What helps you at night?', pollOptions: 'Tea' },
      '/c/nights/new',
    );
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('What helps you at night?');
    expect(answer.html).toContain('It is late and the street is quiet.');
  });

  it('is posted with the thread, and shows no result yet', async () => {
    const posted = await opener.post(
      '/c/nights/threads',
      {
        ...opening(),
        pollQuestion: 'What helps you at night?',
        pollOptions: 'Tea\nMusic',
        pollDays: '7',
        pollResults: 'voted',
      },
      '/c/nights/new',
    );
    expect(posted.status).toBe(303);
    thread = /\/t\/(\d+)/.exec(posted.location ?? '')?.[1] ?? '';
    const poll = await pollOf(opener);
    expect(poll).toContain('What helps you at night?');
    expect(poll).toContain('You can see the result after you vote.');
    expect(poll).not.toContain('Result so far');
    expect(await pollOf(new Browser(site.url))).not.toContain('Vote');
  });

  it('returns an empty vote with the reason, and counts none', async () => {
    const voter = voters.get('ann') as Browser;
    const answer = await voter.post(`/t/${thread}/vote`, {}, `/t/${thread}`);
    expect(answer.status).toBe(422);
    const poll = /<section[^>]*id="poll"[\s\S]*?<\/section>/.exec(answer.html)?.[0] ?? '';
    expect(poll).toMatch(/field__error[^>]*>[\s\S]*Choose an option, then vote\./);
    expect(poll).toMatch(/type="radio"[^>]*value="\d+"/);
    // Two options in a single-choice poll are refused, and both stay ticked.
    const options = [...poll.matchAll(/value="(\d+)"/g)].map(([, value]) => value ?? '');
    expect(options).toHaveLength(2);
    const both = await voter.post(`/t/${thread}/vote`, { options }, `/t/${thread}`);
    expect(both.status).toBe(422);
    expect(both.html).toContain('Choose one option only.');
    expect(both.html.match(/name="options"[^>]* checked/g)).toHaveLength(2);
    expect(await site.make.rows('select 1 from poll_votes', [])).toEqual([]);
  });

  it('is visible in earlier versions to author and moderators, even after its deletion', async () => {
    const post = await site.make.post.opening(thread);
    expect(textOf((await opener.get(`/posts/${post}/history`)).html)).toContain(
      'What helps you at night? Tea Music',
    );
    const other = (await voters.get('ben')?.get(`/posts/${post}/history`))?.html ?? '';
    expect(other).toContain('Earlier versions');
    expect(other).not.toContain('What helps you at night?');
  });

  it('withholds small counts from everybody, and never shows who voted for what', async () => {
    for (const handle of VOTERS.slice(0, 4)) expect(await vote(handle, 'Tea')).toBe(303);
    for (const reader of [voters.get('ann'), opener] as Browser[])
      expect(await pollOf(reader)).not.toContain('chosen by');
    expect(await pollOf(voters.get('ann') as Browser)).toContain(
      'Fewer than five people have voted.',
    );
    expect(await vote('eve', 'Tea')).toBe(303);
    const poll = await pollOf(voters.get('ann') as Browser);
    expect(poll).toContain('Tea (your choice) chosen by 5 or more');
    for (const other of VOTERS.slice(1)) expect(poll).not.toMatch(new RegExp(`\\b${other}\\b`));
  });

  it('lets a vote be changed and withdrawn until it closes', async () => {
    expect(await vote('ann', 'Music')).toBe(303);
    expect(await pollOf(voters.get('ann') as Browser)).toContain('Music (your choice)');
    expect((await voters.get('ben')?.post(`/t/${thread}/unvote`, {}, `/t/${thread}`))?.status).toBe(
      303,
    );
    expect(await pollOf(voters.get('ben') as Browser)).not.toContain('(your choice)');
    const [ballot] = (await site.make.rows('select id::text from poll_options limit 1')) as [
      { id: string },
    ];
    site.clock.move(8 * DAY);
    expect(await pollOf(voters.get('ann') as Browser)).toContain('The poll is closed');
    const late = await voters
      .get('ben')
      ?.post(`/t/${thread}/vote`, { options: ballot.id }, `/t/${thread}`);
    expect(late?.status).toBe(422);
  });
});

function opening(): Record<string, string> {
  return {
    title: 'Awake again',
    body: 'It is late and the street is quiet.',
    kind: 'support',
    replyWish: 'listen',
    anonymous: '',
  };
}
