import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../test/support/database.js';
import {
  communitiesToModerate,
  mergeForm,
  mergingOn,
  threadsToMerge,
} from '../../test/support/thread-changes.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { ClosedAccountPosts } from '../posts/account-closure-posts.service.js';
import type { Merging } from './merging.service.js';

describe('the limits of merging', () => {
  let world: TestDatabase;
  let merging: Merging;
  let mod: Viewer;
  let older: string;
  let newer: string;
  let opening: string;

  beforeAll(async () => {
    ({ world, mod } = await communitiesToModerate());
    merging = mergingOn(world);
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    ({ older, newer, opening } = await threadsToMerge(world));
  });

  const row = (id: string): Promise<Record<string, unknown>> =>
    world.make.one('select * from threads where id = $1', [id]);
  const refused = (why: string): object => ({ field: 'with', key: `threads.merge.error.${why}` });

  it('refuses what would hide, show or lose something, in words', async () => {
    const far = await world.make.thread({ community: 'elsewhere' });
    const merge = (other: string): Promise<string> => merging.merge(mod, older, mergeForm(other));
    await expect(merge(far)).rejects.toMatchObject(refused('community'));
    await expect(merge('987654321')).rejects.toMatchObject(refused('unknown'));
    await expect(merge('the other one')).rejects.toMatchObject(refused('with'));
    await expect(merge(`/t/${older}`)).rejects.toMatchObject(refused('same'));
    const hidden = `update posts set status = $2 where thread_id = $1 and number = 1`;
    await world.make.rows(hidden, [newer, 'removed']);
    await expect(merge(newer)).rejects.toMatchObject(refused('state'));
    await world.make.rows(hidden, [newer, 'published']);
    await world.make.rows('update posts set members_only = true where id = $1', [opening]);
    await expect(merge(newer)).rejects.toMatchObject(refused('readers'));
    await world.make.rows('update posts set members_only = false where id = $1', [opening]);
    await world.make.rows(
      `insert into polls (thread_id, question, several, results, created_at, closes_at)
       values ($1, 'Which?', false, 'voted', now(), now() + interval '1 day')`,
      [newer],
    );
    await expect(merge(newer)).rejects.toMatchObject(refused('poll'));
    expect((await row(newer)).merged_into).toBeNull();
  });

  it('is for moderators of the community only', async () => {
    const member = await world.make.viewer('ada');
    await expect(merging.merge(member, older, mergeForm(newer))).rejects.toThrow(NotFound);
    const far = await world.make.thread({ community: 'elsewhere' });
    await expect(merging.merge(mod, far, mergeForm(newer))).rejects.toThrow(NotFound);
    // Another community's thread that the moderator can not read is one that does not exist.
    await world.make.community({ slug: 'closed', visibility: 'unlisted' });
    const closed = await world.make.thread({ community: 'closed' });
    await expect(merging.merge(mod, older, mergeForm(closed))).rejects.toMatchObject(
      refused('unknown'),
    );
  });

  it('lets two threads without a reply wait for one together', async () => {
    const waiting = await world.make.thread({ community: 'here', author: 'eve' });
    const other = await world.make.thread({ community: 'here', author: 'fay' });
    await merging.merge(mod, waiting, mergeForm(other));
    expect(await row(waiting)).toMatchObject({ reply_count: 0, next_number: 3 });
    await merging.merge(mod, older, mergeForm(waiting));
    expect(await row(older)).toMatchObject({ reply_count: 3 });
  });

  it('lets a closed account take the title along with its posts', async () => {
    await merging.merge(mod, older, mergeForm(newer));
    const posts = new ClosedAccountPosts();
    const cora = await world.make.member('cora');
    await world.database.inTransaction((tx) =>
      posts.release(tx, cora, 'erase', world.clock.now(), 'Deleted'),
    );
    expect(await row(newer)).toMatchObject({ status: 'merged', title: 'Deleted' });
    expect(await row(older)).toMatchObject({ title: 'Nights' });
  });

  it('offers threads of the community, those with a similar title first', async () => {
    await world.make.thread({ community: 'here', title: 'Something else' });
    await world.make.thread({ community: 'elsewhere', title: 'Awake at night too' });
    const like = await world.make.thread({ community: 'here', title: 'Again awake at night' });
    const offered = await merging.suggestions(await merging.thread(mod, newer));
    expect(offered[0]?.id).toBe(like);
    expect(offered.map(({ id }) => id)).not.toContain(newer);
    expect(offered.map(({ title }) => title)).not.toContain('Awake at night too');
  });
});
