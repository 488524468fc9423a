import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { communitySide, type CommunitySide } from '../../test/support/communities.js';
import type { Viewer } from '../http/viewer.js';
import { AppError, FieldError, NotFound } from '../kernel/errors.js';
import type { CommunityDescription } from './community-description.js';

const DESCRIPTION: CommunityDescription = {
  name: 'Tea and talk',
  summary: 'For a quiet hour.',
  purpose: 'We **talk**.',
  joinQuestion: '',
  language: 'en',
  topics: ['tea'],
  difficulties: ['anxiety'],
  situations: [],
  formats: [],
  sensitive: false,
  aliasesAllowed: true,
  mentionsAllowed: false,
  pollsAllowed: false,
  visitsAllowed: true,
  searchEngines: false,
  preModeration: 'first-posts',
  holdOnShift: 'crisis',
  holdOutside: 'urgent',
  firstPostsCount: 2,
  supportersAfterHours: 6,
  moderatorsAfterHours: 12,
};

interface Stored {
  name: string;
  visibility: string;
  purpose_html: string;
  join_question: string | null;
  hold_outside: string;
  first_posts_count: number;
  welcome_html: string;
  hours: object;
  guidelines_version: number;
  search_engines_since: Date | null;
}

describe('editing a community', () => {
  let side: CommunitySide;
  let admin: Viewer;
  let slug: string;
  let count = 0;

  beforeAll(async () => {
    side = await communitySide();
    admin = await side.viewer('admin', { role: 'admin' });
  });
  afterAll(() => side.close());

  beforeEach(async () => {
    count += 1;
    slug = `tea-${count}`;
    await side.editing.create(admin, slug, DESCRIPTION, ['Be kind.']);
  });

  const stored = (): Promise<Stored> =>
    side.make.one<Stored>('select * from communities where slug = $1', [slug]);
  const rules = (): Promise<{ version: number; rules: string[] }[]> =>
    side.make.all(
      `
        select g.version, g.rules
        from community_guidelines g
        join communities c on c.id = g.community_id
        where c.slug = $1
        order by g.version
      `,
      [slug],
    );
  const describeAs = async (changes: Partial<CommunityDescription>): Promise<void> =>
    side.editing.describe(admin, await side.load(admin, slug), { ...DESCRIPTION, ...changes });

  it('creates it for members only, with its description and first guidelines', async () => {
    expect(await stored()).toMatchObject({
      name: 'Tea and talk',
      visibility: 'members',
      purpose_html: '<p>We <strong>talk</strong>.</p>',
      join_question: null,
      hold_outside: 'urgent',
      first_posts_count: 2,
      guidelines_version: 1,
    });
    expect(await rules()).toEqual([{ version: 1, rules: ['Be kind.'] }]);
    expect(await side.logged(slug)).toEqual(['community.founded']);
  });

  it('rejects a taken slug, and search engines before it is public', async () => {
    const create = (of: string, changes: Partial<CommunityDescription>): Promise<void> =>
      side.editing.create(admin, of, { ...DESCRIPTION, ...changes }, ['x']);
    await expect(create(slug, {})).rejects.toThrow('administration.error.slug-taken');
    await expect(create('fresh', { searchEngines: true })).rejects.toThrow(FieldError);
    expect(await side.make.all(`select 1 from communities where slug = 'fresh'`)).toEqual([]);
    expect(await rules()).toHaveLength(1);
  });

  it('is reserved for administrators', async () => {
    const kim = await side.viewer('kim');
    await expect(side.editing.create(kim, 'own', DESCRIPTION, [])).rejects.toThrow(AppError);
    const community = await side.load(kim, slug);
    await expect(side.editing.describe(kim, community, DESCRIPTION)).rejects.toThrow(AppError);
  });

  it('changes every setting of the form, and logs the previous ones', async () => {
    await describeAs({
      name: 'Coffee',
      joinQuestion: 'What brings you?',
      firstPostsCount: 5,
      mentionsAllowed: true,
    });
    expect(await stored()).toMatchObject({
      name: 'Coffee',
      join_question: 'What brings you?',
      first_posts_count: 5,
      mentions_allowed: true,
      visibility: 'members',
    });
    const log = await side.make.one<{ detail: { before: { hold_outside: string } } }>(
      `select detail from moderation_log where deed = 'community.described' order by id desc limit 1`,
    );
    expect(log.detail.before.hold_outside).toBe('urgent');
    expect(log.detail).toMatchObject({
      before: { mentions_allowed: false, aliases_allowed: true },
      mentionsAllowed: true,
      aliasesAllowed: true,
    });
  });

  it('allows search engines into a public community, keeping the first date', async () => {
    await expect(describeAs({ searchEngines: true })).rejects.toThrow(FieldError);
    await side.state.setVisibility(admin, await side.load(admin, slug), 'public', 'Ready.');
    await describeAs({ searchEngines: true });
    const since = (await stored()).search_engines_since;
    expect(since).toEqual(side.clock.now());
    side.clock.move(60_000);
    await describeAs({ searchEngines: true });
    expect((await stored()).search_engines_since).toEqual(since);
    await describeAs({ searchEngines: false });
    expect((await stored()).search_engines_since).toBeNull();
  });

  it('lets its moderators edit the welcome and the hours', async () => {
    await side.make.join(`mod-${count}`, slug, 'moderator');
    const mod = await side.viewer(`mod-${count}`);
    const community = await side.load(mod, slug);
    await side.editing.welcome(mod, community, 'Hello *you*');
    const hours = {
      timeZone: 'Europe/London',
      outside: 'Back tomorrow.',
      weekly: [{ days: [1, 2], from: '09:00', to: '17:00' }],
    };
    await side.editing.setHours(mod, community, hours);
    expect(await stored()).toMatchObject({ welcome_html: '<p>Hello <em>you</em></p>', hours });
    expect((await side.load(mod, slug)).hours).toEqual(hours);
  });

  it('does not let other members edit the welcome, the hours and the guidelines', async () => {
    const kim = await side.viewer('kim');
    const community = await side.load(kim, slug);
    await expect(side.editing.welcome(kim, community, 'x')).rejects.toThrow(NotFound);
    await expect(side.editing.setHours(kim, community, community.hours)).rejects.toThrow(NotFound);
    await expect(side.editing.setGuidelines(kim, community, ['x'])).rejects.toThrow(NotFound);
  });

  it('adds a version of the guidelines and keeps the previous one', async () => {
    const community = await side.load(admin, slug);
    expect(await side.editing.setGuidelines(admin, community, ['Be kind.', 'Listen.'])).toBe(true);
    expect(await rules()).toEqual([
      { version: 1, rules: ['Be kind.'] },
      { version: 2, rules: ['Be kind.', 'Listen.'] },
    ]);
    expect((await stored()).guidelines_version).toBe(2);
  });

  it('adds no version if the rules are unchanged', async () => {
    const community = await side.load(admin, slug);
    expect(await side.editing.setGuidelines(admin, community, ['Be kind.'])).toBe(false);
    expect(await rules()).toHaveLength(1);
    expect(await side.logged(slug)).toEqual(['community.founded']);
  });
});
