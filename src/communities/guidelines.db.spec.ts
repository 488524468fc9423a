import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { communitySide, type CommunitySide } from '../../test/support/communities.js';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { agreementView } from './agreement.js';
import { guidelineVersions, policies, type PoliciesRow } from './guidelines.queries.js';
import { guidelinesView, policyTexts } from './guidelines.view.js';

describe('the guidelines of a community', () => {
  let side: CommunitySide;
  let kim: Viewer;
  let mod: Viewer;

  beforeAll(async () => {
    side = await communitySide();
    await side.make.community({ slug: 'here' });
    kim = await side.viewer('kim');
    await side.make.join('mod', 'here', 'moderator');
    mod = await side.viewer('mod');
  });
  afterAll(() => side.close());

  it('are shown in full until agreed to, at first and after each change', async () => {
    const first = agreementView(await side.load(kim, 'here'));
    expect(first).toEqual({ rules: ['Be kind.'], changed: false, href: '/c/here/guidelines' });
    await side.membership.join(kim, await side.load(kim, 'here'), '');
    expect(agreementView(await side.load(kim, 'here'))).toBeNull();
    await side.editing.setGuidelines(mod, await side.load(mod, 'here'), ['Be kind.', 'No doses.']);
    expect(agreementView(await side.load(kim, 'here'))).toMatchObject({
      rules: ['Be kind.', 'No doses.'],
      changed: true,
    });
  });

  it('are on one page in every version, the current one first', async () => {
    const community = await side.load(kim, 'here');
    const versions = await side.sql.rows(guidelineVersions, { communityId: community.id });
    const row = await side.sql.first(policies, { communityId: community.id });
    const i18n = new Translator(new Messages(), 'en', side.clock.now());
    const view = guidelinesView(community, versions, row as PoliciesRow, i18n);
    expect(view.current?.rules).toEqual(['Be kind.', 'No doses.']);
    expect(view.current?.since).toMatch(/^Version 2, since /);
    expect(view.earlier.map(({ rules }) => rules)).toEqual([['Be kind.']]);
  });

  it.each([
    ['none', null, /straight away/],
    ['first-posts', null, /Your first 3 posts are read/],
    ['first-posts', 7, /for at most 7 days/],
    ['all', null, /Every post is read/],
  ] as const)('say how posts are held: %s', (preModeration, firstPostsDays, words) => {
    const i18n = new Translator(new Messages(), 'en', side.clock.now());
    const said = policyTexts(
      {
        preModeration,
        firstPostsDays,
        firstPostsCount: 3,
        aliasesAllowed: false,
        mentionsAllowed: false,
        visitsAllowed: true,
        sensitive: true,
      },
      i18n,
    );
    expect(said.filter((sentence) => words.test(sentence))).toHaveLength(1);
    expect(said).toHaveLength(6);
    expect(said.join(' ')).toContain('Nobody can be mentioned');
  });
});
