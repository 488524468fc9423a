import { bodyHtml } from '../content/markdown.js';
import { languageOf } from '../content/text-language.js';
import { DAY, HOUR, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, getIn } from '../kernel/sql.js';
import { drawAliasName } from '../posts/alias-names.js';
import type { DemoReply, DemoThread } from './demo-files.js';
import { randomFor } from './random.js';

/** The demo's members. */
export interface DemoCast {
  /** Member ids by handle. */
  ids: Map<string, string>;
  all: string[];
}

interface Written {
  author: string;
  anonymous: boolean;
  body: string;
  contentWarnings: string[];
  summary: string;
  at: Date;
  replyTo: number | null;
  reactions: Record<string, number>;
  strategies?: string[];
}

const REACTION_COLUMNS: Record<string, string> = {
  'same-boat': 'same_boat',
  'with-you': 'with_you',
  'thank-you': 'thank_you',
  helped: 'helped',
};

/** Inserts a thread with its posts, their aliases, reactions and followers. */
export async function loadThread(
  tx: Tx,
  communityId: string,
  thread: DemoThread,
  cast: DemoCast,
  now: Date,
): Promise<void> {
  const opened = later(now, -thread.daysAgo * DAY);
  const posts = postsOf(thread, opened);
  const last = posts.at(-1)?.at ?? opened;
  const row = await getIn<{ id: string }>(
    tx,
    `
      insert into threads (community_id, title, kind, reply_wish, topic, pinned_at, locked_at,
        reply_count, next_number, last_post_at, created_at)
     values (:communityId, :title, :kind, :replyWish, :topic, :pinnedAt, :lockedAt, :replyCount,
       :nextNumber, :lastPostAt, :createdAt)
     returning id`,
    {
      communityId,
      title: thread.title,
      kind: thread.kind,
      replyWish: thread.replyWish,
      topic: thread.topic,
      pinnedAt: thread.pinned ? opened : null,
      lockedAt: thread.locked ? last : null,
      replyCount: posts.length - 1,
      nextNumber: posts.length + 1,
      lastPostAt: last,
      createdAt: opened,
    },
  );
  const aliases = new Map<string, string>();
  const random = randomFor(3, thread.title);
  for (const [at, post] of posts.entries()) {
    const author = cast.ids.get(post.author);
    if (author === undefined) throw new Error(`nobody is called ${post.author}`);
    const alias = post.anonymous
      ? (aliases.get(author) ??
        (await giveAlias(tx, row.id, author, aliases, (below) => random.below(below))))
      : null;
    const inserted = await getIn<{ id: string }>(
      tx,
      `
        insert into posts (thread_id, number, author_id, alias_id, reply_to_number, body, body_html,
          content_warnings, summary, language, created_at)
       values (:threadId, :number, :author, :alias, :replyTo, :body, :bodyHtml, :contentWarnings,
         :summary, :language, :at)
       returning id`,
      {
        threadId: row.id,
        number: at + 1,
        author,
        alias,
        replyTo: post.replyTo,
        body: post.body,
        bodyHtml: bodyHtml(post.body),
        contentWarnings: post.contentWarnings,
        summary: post.summary,
        // Every demo community is in English.
        language: languageOf(post.body, 'en'),
        at: post.at,
      },
    );
    // A no-op if the starter pack was not loaded.
    if (post.strategies !== undefined)
      await executeIn(
        tx,
        `
          insert into post_strategies (post_id, strategy_id, state, created_at)
          select :postId, id, 'accepted', :at
          from coping_strategies
          where slug = any(:strategies)
        `,
        { postId: inserted.id, strategies: post.strategies, at: post.at },
      );
    await react(tx, inserted.id, author, post, cast, (below) => random.below(below));
    await executeIn(
      tx,
      `
        insert into thread_follows (thread_id, member_id, level)
        values (:threadId, :author, 'following')
        on conflict
        do nothing
      `,
      { threadId: row.id, author },
    );
  }
}

function postsOf(thread: DemoThread, opened: Date): Written[] {
  return [
    {
      ...thread,
      summary: thread.summary ?? '',
      at: opened,
      replyTo: null,
      reactions: thread.reactions ?? {},
    },
    ...thread.replies.map((reply: DemoReply) => ({
      ...reply,
      summary: '',
      at: later(opened, reply.afterHours * HOUR),
      reactions: reply.reactions ?? {},
    })),
  ];
}

async function giveAlias(
  tx: Tx,
  threadId: string,
  memberId: string,
  known: Map<string, string>,
  pick: (below: number) => number,
): Promise<string> {
  const alias = await getIn<{ id: string }>(
    tx,
    `
      insert into thread_aliases (thread_id, member_id, name, avatar_seed)
      values (:threadId, :memberId, :name, :avatarSeed)
      returning id
    `,
    {
      threadId,
      memberId,
      name: `${drawAliasName(pick)}${known.size === 0 ? '' : `-${known.size + 1}`}`,
      avatarSeed: `demo-alias-${threadId}-${pick(1_000_000)}`,
    },
  );
  known.set(memberId, alias.id);
  return alias.id;
}

async function react(
  tx: Tx,
  postId: string,
  author: string,
  post: Written,
  cast: DemoCast,
  pick: (below: number) => number,
): Promise<void> {
  for (const [kind, count] of Object.entries(post.reactions)) {
    const column = REACTION_COLUMNS[kind];
    if (column === undefined || count === 0) continue;
    const start = pick(cast.all.length);
    const givers = cast.all
      .map((_, at) => cast.all[(start + at) % cast.all.length] ?? '')
      .filter((id) => id !== author)
      .slice(0, count);
    await executeIn(
      tx,
      `
        insert into reactions (post_id, member_id, kind)
        select :postId, unnest(:givers::bigint[]), :kind
      `,
      { postId, givers, kind },
    );
    await executeIn(tx, `update posts set ${column} = :count where id = :postId`, {
      postId,
      count: givers.length,
    });
  }
}
