import { DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { queryIn } from '../kernel/sql.js';
import type { DemoCaseRows } from './demo-case-rows.js';
import type { PostRow } from './demo-posts.js';
import { randomFor } from './random.js';

/** The moderators who decide, alternating. */
const MODERATORS = ['harbour-mod', 'lantern-mod'];
/** Source, reason and tier of the cases, used in rotation. */
const SHAPES = [
  ['hold', 'first-post', 'none'],
  ['triage', 'watch', 'watch'],
  ['report', 'other', 'watch'],
  ['concern', 'self-harm', 'watch'],
  ['hold', 'first-post', 'none'],
  ['report', 'medication', 'watch'],
  ['triage', 'urgent', 'urgent'],
] as const;

/** Creates closed cases of the last weeks: approved first posts and dismissed reports. */
export async function closeLastWeeks(
  tx: Tx,
  ids: ReadonlyMap<string, string>,
  rows: DemoCaseRows,
  now: Date,
  notes: string[],
): Promise<void> {
  const random = randomFor(5, 'last weeks');
  const posts = await postsWithoutCase(tx, ids, now);
  const closings: { at: Date; close: () => Promise<unknown> }[] = [];
  for (const [at, post] of posts.filter(() => random.chance(0.2)).entries()) {
    const [source, reason, tier] = SHAPES[at % SHAPES.length] ?? SHAPES[0];
    const caseId = await rows.open({
      kind: 'post',
      subjectId: post.id,
      communityId: post.communityId,
      tier,
      openedAt: post.at,
      dueAt: later(post.at, 12 * HOUR),
      why: [[source, reason]],
    });
    const minutes = (tier === 'urgent' ? 8 : 25) + random.below(tier === 'urgent' ? 60 : 500);
    if (source === 'report' || source === 'concern')
      await rows.report(
        caseId,
        post,
        at < 8
          ? 'driftwood'
          : random.pick(['garden-gate', 'mossy-step', 'first-watch', 'wren-in-the-hedge']),
        reason,
        '',
        post.at,
        later(post.at, minutes * MINUTE),
      );
    if (random.chance(0.4))
      await rows.note(
        caseId,
        MODERATORS[at % 2] ?? '',
        random.pick(notes),
        later(post.at, minutes * MINUTE),
      );
    const closing = {
      action: source === 'hold' ? 'publish' : 'dismiss',
      by: MODERATORS[at % 2] ?? '',
      openedAt: post.at,
      minutes,
      rule: '',
      reason: '',
      foundBy: source === 'report' || source === 'concern' ? 'report' : 'screening',
    } as const;
    closings.push({
      at: later(post.at, minutes * MINUTE),
      close: () => rows.close(caseId, post, closing),
    });
  }
  // Sorted, as the audit log is read by id and must be chronological.
  closings.sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { close } of closings) await close();
}

async function postsWithoutCase(
  tx: Tx,
  ids: ReadonlyMap<string, string>,
  now: Date,
): Promise<(PostRow & { at: Date })[]> {
  return queryIn<PostRow & { at: Date }>(
    tx,
    `
      select p.id, t.id as "threadId", t.community_id as "communityId",
        p.author_id as "authorId", t.title, p.body, p.created_at as "at"
      from posts p
      join threads t on t.id = p.thread_id
      where p.status = 'published'
        and p.alias_id is null
        and p.created_at > :since
        and p.created_at < :until
        and not p.author_id = any(:team)
        and not exists (select 1 from review_cases rc where rc.post_id = p.id)
      order by p.created_at, t.title, p.number
    `,
    {
      since: later(now, -28 * DAY),
      until: later(now, -DAY),
      team: [...MODERATORS, 'kettle-on', 'driftwood'].map((handle) => ids.get(handle) ?? ''),
    },
  );
}
