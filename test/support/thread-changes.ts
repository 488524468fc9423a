import { Outbox } from '../../src/outbox/outbox.js';
import { AuditLog } from '../../src/review/audit-log.js';
import { MergeForm } from '../../src/thread-changes/merge.dto.js';
import { Merging } from '../../src/thread-changes/merging.service.js';
import { SplitForm } from '../../src/thread-changes/split.dto.js';
import { Splitting } from '../../src/thread-changes/splitting.service.js';
import { ThreadAccess } from '../../src/threads/thread-access.js';
import type { Viewer } from '../../src/http/viewer.js';
import { testDatabase, type TestDatabase } from './database.js';
import { moderatorOf } from './moderation.js';

/** A database with a stopped clock, two communities, and a moderator of the first, `here`. */
export async function communitiesToModerate(): Promise<{ world: TestDatabase; mod: Viewer }> {
  const world = await testDatabase();
  world.clock.freeze();
  await world.make.community({ slug: 'here' });
  await world.make.community({ slug: 'elsewhere' });
  return { world, mod: await moderatorOf(world.make, 'here', 'mod') };
}

/** The service that splits threads, on the database and clock of a spec. */
export function splittingOn({ database, sql, clock }: TestDatabase): Splitting {
  const access = new ThreadAccess(sql);
  return new Splitting(database, sql, clock, access, new AuditLog(clock), new Outbox());
}

/** The service that merges threads, on the database and clock of a spec. */
export function mergingOn({ database, sql, clock }: TestDatabase): Merging {
  const access = new ThreadAccess(sql);
  return new Merging(database, sql, clock, access, new AuditLog(clock), new Outbox());
}

let key = 0;

/** A new form that merges a thread with another one, with a reason. */
export function mergeForm(other: string, change: Partial<MergeForm> = {}): MergeForm {
  key += 1;
  return Object.assign(new MergeForm(), {
    with: other,
    reason: 'Both are about the same nights.',
    idempotencyKey: `merge-${key}`,
    ...change,
  });
}

/** A new form that splits posts off, with a title and a reason. */
export function splitForm(post: string[], change: Partial<SplitForm> = {}): SplitForm {
  key += 1;
  return Object.assign(new SplitForm(), {
    post,
    title: 'Mornings',
    reason: 'A subject of its own.',
    idempotencyKey: `key-${key}`,
    ...change,
  });
}

/** A thread by `opener` with four replies, the last of them the opener's. */
export async function threadToSplit({
  make,
}: TestDatabase): Promise<{ thread: string; replies: string[] }> {
  const thread = await make.thread({ community: 'here', author: 'opener', title: 'Nights' });
  const replies: string[] = [];
  for (const author of ['ada', 'ben', 'ada', 'opener'])
    replies.push(await make.reply({ thread, author, body: `Words of ${author}` }));
  return { thread, replies };
}

interface ThreadsToMerge {
  older: string;
  newer: string;
  /** The opening of the newer one, and the reply to it. */
  opening: string;
  reply: string;
}

/** Two threads with a reply each, by `ada` and `ben`, and by `cora` and `dan`. */
export async function threadsToMerge({ make }: TestDatabase): Promise<ThreadsToMerge> {
  const older = await make.thread({ community: 'here', author: 'ada', title: 'Nights' });
  await make.reply({ thread: older, author: 'ben' });
  const newer = await make.thread({ community: 'here', author: 'cora', title: 'Awake at night' });
  const reply = await make.reply({ thread: newer, author: 'dan' });
  await make.rows('update posts set reply_to_number = 1 where id = $1', [reply]);
  return { older, newer, opening: await make.post.opening(newer), reply };
}

/** Where a post is, its state, and the number of the post that it answers. */
export function placeOf({ make }: TestDatabase, post: string): Promise<PostPlace> {
  return make.one<PostPlace>(
    `
      select thread_id as thread, number, status, reply_to_number as answers
      from posts
      where id = $1
    `,
    [post],
  );
}

interface PostPlace {
  thread: string;
  number: number;
  status: string;
  answers: number | null;
}
