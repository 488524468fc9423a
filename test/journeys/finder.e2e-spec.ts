import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf } from '../support/browser.js';

const HELP = 'href="/help-now"';

describe('the finder', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'harbour', visibility: 'public' });
    await site.make.community({ slug: 'closed-circle', visibility: 'members' });
  });
  afterAll(() => site.close());

  const find = async (q: string): Promise<string> => {
    const answer = await site.browser().get(`/find?q=${encodeURIComponent(q)}`);
    expect(answer.status).toBe(200);
    return answer.html;
  };
  const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

  it.each(['I want to die', 'my husband hits me'])('shows help first for "%s"', async (words) => {
    const html = main(await find(words));
    const help = html.indexOf(HELP);
    expect(help).toBeGreaterThan(-1);
    expect(help).toBeLessThan(html.indexOf('<form'));
  });

  it('never sends anybody away with nothing: groups that anyone may read are named', async () => {
    const html = main(await find('something that no group is for: zeppelins'));
    expect(html).toContain('/c/harbour');
    expect(html).not.toContain('/c/closed-circle');
    expect(textOf(html)).toContain('anyone may read along');
  });

  it('works without screening', async () => {
    const screening = site.app.get(Screening, { strict: false });
    const { assess } = screening;
    screening.assess = () => {
      throw new Error('broken');
    };
    try {
      expect(main(await find('zeppelins again'))).toContain('/c/harbour');
    } finally {
      screening.assess = assess;
    }
  });
});
