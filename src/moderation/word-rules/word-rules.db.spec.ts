import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { moderatorOf } from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { AuditLog } from '../../review/audit-log.js';
import { HoldingForm, NewWordRule } from './word-rules.dto.js';
import type { PlaceRow, RuleRow } from './word-rules.queries.js';
import { WordRules } from './word-rules.service.js';

describe('word rules', () => {
  let db: TestDatabase;
  let rules: WordRules;
  let moderator: Viewer;
  let neighbour: Viewer;
  let admin: Viewer;
  let here: PlaceRow | null;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock, make } = db;
    clock.freeze();
    rules = new WordRules(database, sql, clock, new AuditLog(clock));
    await make.community({ slug: 'here' });
    await make.community({ slug: 'there' });
    await make.join('neighbour', 'here');
    moderator = await moderatorOf(make, 'here', 'moderator');
    neighbour = await moderatorOf(make, 'there', 'neighbour');
    admin = await make.viewer('admin', { role: 'admin' });
    here = await rules.place(moderator, 'here');
  });
  afterAll(() => db.close());

  const form = (values: Partial<NewWordRule>): NewWordRule =>
    Object.assign(new NewWordRule(), { action: 'flag', ...values });
  /** Adds a rule. @returns its row in the list */
  const add = async (
    who: Viewer,
    place: PlaceRow | null,
    values: Partial<NewWordRule>,
  ): Promise<RuleRow> => {
    await rules.add(who, place, form(values));
    const found = (await rules.inPlace(who, place)).rules.find(
      ({ pattern }) => pattern === values.pattern,
    );
    if (found === undefined) throw new Error('the rule is not listed');
    return found;
  };
  const patterns = async (who: Viewer, place: PlaceRow | null): Promise<string[]> =>
    (await rules.inPlace(who, place)).rules.map(({ pattern }) => pattern);
  const logged = async (ruleId: string): Promise<string[]> => {
    const rows = await db.make.all<{ action: string }>(
      `select deed as action from moderation_log where detail->>'ruleId' = $1 order by id`,
      [ruleId],
    );
    return rows.map(({ action }) => action);
  };

  it('are added in communities one moderates, by staff everywhere', async () => {
    expect((await rules.places(neighbour)).map(({ slug }) => slug)).toEqual(['there']);
    await expect(rules.place(neighbour, 'here')).rejects.toThrow(NotFound);
    await expect(rules.place(moderator, '')).rejects.toThrow(NotFound);
    expect(await rules.firstPlace(moderator)).toBe('here');
    expect(await rules.place(admin, '')).toBeNull();
    expect((await rules.place(admin, 'there'))?.slug).toBe('there');
  });

  it('apply in their community, and those of the whole site in every one', async () => {
    await add(moderator, here, { pattern: 'lantern' });
    await add(admin, null, { pattern: 'harbour' });
    const there = await rules.place(neighbour, 'there');
    expect(await patterns(moderator, here)).toEqual(expect.arrayContaining(['lantern', 'harbour']));
    expect(await patterns(neighbour, there)).toContain('harbour');
    expect(await patterns(neighbour, there)).not.toContain('lantern');
  });

  it('store only the fields that their action uses', async () => {
    const flag = await add(moderator, here, {
      pattern: 'meadow',
      note: 'death-and-grief',
      tier: 'urgent',
    });
    expect(flag).toMatchObject({ note: null, tier: null });
    const raise = await add(moderator, here, {
      pattern: 'orchard',
      action: 'raise',
      tier: 'urgent',
    });
    expect(raise).toMatchObject({ tier: 'urgent', by: 'moderator', everywhere: false });
  });

  it('reject a pattern of only wildcards, and missing fields', async () => {
    for (const [field, values] of [
      ['pattern', { pattern: '***' }],
      ['note', { pattern: 'willow', action: 'suggest-note' }],
      ['tier', { pattern: 'willow', action: 'raise' }],
    ] as const) {
      const refused = rules.add(moderator, here, form(values));
      await expect(refused).rejects.toThrow(FieldError);
      await expect(refused).rejects.toMatchObject({ faults: [{ field }] });
    }
    expect(await patterns(moderator, here)).not.toContain('willow');
  });

  it('are tried on past posts of the community, without changing any', async () => {
    const thread = await db.make.thread({ community: 'here', title: 'Boats' });
    const post = await db.make.reply({ thread, body: 'We met at the Lighthouse again.' });
    await db.make.reply({
      thread: await db.make.thread({ community: 'there' }),
      body: 'Another lighthouse.',
    });
    const trial = await rules.try(here, form({ pattern: 'lighthouse', action: 'hold' }));
    expect(trial.matched).toMatchObject([
      { threadId: thread, title: 'Boats', words: 'Lighthouse' },
    ]);
    expect(await db.make.post.status(post)).toBe('published');
    expect(await patterns(moderator, here)).not.toContain('lighthouse');
  });

  it('are ended once, and not deleted', async () => {
    const { id } = await add(moderator, here, { pattern: 'kettle' });
    await expect(rules.end(neighbour, id)).rejects.toThrow(NotFound);
    expect(await rules.end(moderator, id)).toBe('here');
    expect(await patterns(moderator, here)).not.toContain('kettle');
    const { endedAt } = await db.make.one<{ endedAt: Date }>(
      'select ended_at as "endedAt" from word_rules where id = $1',
      [id],
    );
    expect(endedAt).toEqual(db.clock.now());
    await expect(rules.end(moderator, id)).rejects.toThrow(NotFound);
    expect(await logged(id)).toEqual(['rule.added', 'rule.ended']);
  });

  it('for the whole site are ended only by staff', async () => {
    const { id } = await add(admin, null, { pattern: 'anchor' });
    await expect(rules.end(moderator, id)).rejects.toThrow(NotFound);
    expect(await rules.end(admin, id)).toBe('');
  });

  it('include pre-moderation settings, whose changes are logged', async () => {
    if (here === null) throw new Error('no community');
    await rules.setHolding(
      moderator,
      here,
      Object.assign(new HoldingForm(), {
        preModeration: 'first-posts',
        firstPostsCount: 5,
        firstPostsDays: null,
        holdOnShift: 'crisis',
        holdOutside: 'urgent',
      }),
    );
    expect(await rules.place(moderator, 'here')).toMatchObject({
      preModeration: 'first-posts',
      firstPostsCount: 5,
      holdOnShift: 'crisis',
      holdOutside: 'urgent',
    });
    expect(await rules.place(neighbour, 'there')).toMatchObject({ preModeration: 'none' });
    const { detail } = await db.make.one<{ detail: object }>(
      `select detail from moderation_log where deed = 'holding.changed'`,
    );
    expect(detail).toMatchObject({ firstPostsCount: 5, holdOutside: 'urgent' });
  });
});
