import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { Viewer } from '../http/viewer.js';
import { DAY, HOUR } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { AuditLog } from '../review/audit-log.js';
import { PromptForm } from './prompts.dto.js';
import { Prompts } from './prompts.service.js';

interface Opened {
  id: string;
  title: string;
  pinned: boolean;
  locked: boolean;
  author: string;
}

describe('weekly prompts', () => {
  let side: WriteSide;
  let prompts: Prompts;
  let access: CommunityAccess;
  let moderator: Viewer;
  let community: AccessibleCommunity;
  let slug: string;
  let count = 0;

  beforeAll(async () => {
    side = await writeSide();
    const { database, sql, clock, team } = side;
    clock.freeze();
    prompts = new Prompts(database, sql, clock, new AuditLog(clock), team);
    access = new CommunityAccess(sql);
  });
  afterAll(() => side.close());

  beforeEach(async () => {
    count += 1;
    slug = `here-${count}`;
    await side.make.community({ slug });
    await side.make.rows(
      `update communities set hours = jsonb_build_object('timeZone', 'UTC') where slug = $1`,
      [slug],
    );
    await side.make.join(`moderator-${count}`, slug, 'moderator');
    await side.make.join(`member-${count}`, slug);
    moderator = await side.viewer(`moderator-${count}`);
    community = await access.load(moderator, slug);
    await side.make.rows('delete from community_prompts');
  });

  /** A prompt that is due within the next hour. */
  const form = (values: Partial<PromptForm> = {}): PromptForm => {
    const soon = new Date(side.clock.now().getTime() + HOUR);
    return Object.assign(new PromptForm(), {
      title: 'How was your week?',
      body: 'Tell us as much as you like.',
      weekday: soon.getUTCDay() === 0 ? 7 : soon.getUTCDay(),
      hour: soon.getUTCHours(),
      ...values,
    });
  };
  const opened = (): Promise<Opened[]> =>
    side.make.all<Opened>(
      `
        select t.id, t.title, t.pinned_at is not null as pinned, t.locked_at is not null as locked,
          m.handle::text as author
        from threads t
        join posts p on p.thread_id = t.id and p.number = 1
        join members m on m.id = p.author_id
        where t.community_id = $1
        order by t.id
      `,
      [community.id],
    );

  it('open one pinned thread a week at their hour', async () => {
    await prompts.save(moderator, community, form());
    await prompts.postDue();
    expect(await opened()).toEqual([]);
    side.clock.move(HOUR);
    await prompts.postDue();
    await prompts.postDue();
    expect(await opened()).toMatchObject([
      { pinned: true, locked: false, author: moderator.handle },
    ]);
  });

  it('open one thread in concurrent runs', async () => {
    await prompts.save(moderator, community, form());
    side.clock.move(HOUR);
    await Promise.all([prompts.postDue(), prompts.postDue()]);
    expect(await opened()).toHaveLength(1);
  });

  it('unpin the previous week’s thread', async () => {
    await prompts.save(moderator, community, form());
    side.clock.move(HOUR);
    await prompts.postDue();
    side.clock.move(7 * DAY);
    await prompts.postDue();
    const [before, now] = await opened();
    expect(before).toMatchObject({ pinned: false, locked: true });
    expect(now).toMatchObject({ pinned: true, locked: false });
    expect((await prompts.of(community))[0]?.lastThread).toBe(now?.id);
  });

  it('do nothing while paused', async () => {
    await prompts.save(moderator, community, form());
    await prompts.pause(moderator, community, 'check-in', 'pause');
    side.clock.move(HOUR);
    await prompts.postDue();
    expect(await opened()).toEqual([]);
    await prompts.pause(moderator, community, 'check-in', 'resume');
    await prompts.postDue();
    expect(await opened()).toHaveLength(1);
  });

  it('are posted by another moderator if their creator no longer moderates', async () => {
    await prompts.save(moderator, community, form());
    await side.make.join(`successor-${count}`, slug, 'moderator');
    await side.make.rows(
      `update memberships set role = 'member' where community_id = $1 and member_id = $2`,
      [community.id, moderator.memberId],
    );
    side.clock.move(HOUR);
    await prompts.postDue();
    expect(await opened()).toMatchObject([{ author: `successor-${count}` }]);
  });

  it('are edited in place: one of each kind', async () => {
    await prompts.save(moderator, community, form());
    await prompts.save(moderator, community, form({ title: 'A line about your week' }));
    await prompts.save(moderator, community, form({ kind: 'gratitude', title: 'A good thing' }));
    const titles = (await prompts.of(community)).map(({ kind, title }) => [kind, title]);
    expect(titles).toHaveLength(2);
    expect(Object.fromEntries(titles)).toEqual({
      'check-in': 'A line about your week',
      gratitude: 'A good thing',
    });
  });

  it('are accessible only to moderators', async () => {
    const member = await side.viewer(`member-${count}`);
    const theirs = await access.load(member, slug);
    await expect(prompts.save(member, theirs, form())).rejects.toThrow(NotFound);
    await prompts.save(moderator, community, form());
    await expect(prompts.pause(member, theirs, 'check-in', 'pause')).rejects.toThrow(NotFound);
    await expect(prompts.pause(moderator, community, 'gratitude', 'pause')).rejects.toThrow(
      NotFound,
    );
    expect(await prompts.of(community)).toMatchObject([{ kind: 'check-in', paused: false }]);
  });

  it('are recorded in the audit log with every change', async () => {
    await prompts.save(moderator, community, form());
    await prompts.pause(moderator, community, 'check-in', 'pause');
    await prompts.pause(moderator, community, 'check-in', 'resume');
    const rows = await side.make.all<{ action: string }>(
      'select deed as action from moderation_log where community_id = $1 order by id',
      [community.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'prompt.saved',
      'prompt.paused',
      'prompt.resumed',
    ]);
  });
});
