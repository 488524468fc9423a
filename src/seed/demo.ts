import { bodyHtml } from '../content/markdown.js';
import { DAY, HOUR, later } from '../kernel/clock.js';
import type { Database, Tx } from '../kernel/database.js';
import type { Vault } from '../vault/vault.js';
import { drawAliasName } from '../posts/alias-names.js';
import { DEMO_ACCOUNTS } from './demo-accounts.js';
import { DemoCases } from './demo-cases.js';
import {
  demoCommunities,
  type DemoCommunity,
  type DemoReply,
  type DemoThread,
} from './demo-files.js';
import { DemoPeople } from './demo-people.js';
import { lifeHandles } from './life-files.js';
import { randomFor } from './random.js';
import { executeIn, getIn } from '../kernel/sql.js';

interface Cast {
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

/**
 * Loads the demo communities into an empty database, all or nothing: what is written there, what
 * waits for moderators, what the demo people keep.
 * @param passwordHash of the demo log-ins' shared password
 * @returns false where somebody is there already
 */
export async function loadDemo(
  database: Database,
  vault: Vault,
  now: Date,
  passwordHash: string,
): Promise<boolean> {
  return database.inTransaction(async (tx) => {
    await executeIn(tx, 'select pg_advisory_xact_lock(7262629)');
    const { count } = await getIn<{ count: number }>(
      tx,
      'select count(*)::int as count from members',
    );
    if (count > 0) return false;
    const communities = demoCommunities();
    const cast = await makeCast(tx, communities, now, passwordHash);
    for (const community of communities) await loadCommunity(tx, community, cast, now);
    await new DemoCases(tx, cast.ids, now).load();
    await new DemoPeople(tx, vault, cast.ids, now).load('driftwood', 'kettle-on');
    return true;
  });
}

function handlesOf(community: DemoCommunity): string[] {
  const writers = community.threads.flatMap((thread) => [
    thread.author,
    ...thread.replies.map((reply) => reply.author),
  ]);
  return [...community.supporters, ...community.moderators, ...writers];
}

async function makeCast(
  tx: Tx,
  communities: DemoCommunity[],
  now: Date,
  passwordHash: string,
): Promise<Cast> {
  const logins = new Map(DEMO_ACCOUNTS.map((account) => [account.handle, account]));
  const handles = [
    ...new Set([...logins.keys(), ...communities.flatMap(handlesOf), ...lifeHandles()]),
  ].sort();
  const ids = new Map<string, string>();
  for (const handle of handles) {
    const login = logins.get(handle);
    const since = later(now, -(30 + randomFor(1, handle).below(400)) * DAY);
    const row = await getIn<{ id: string }>(
      tx,
      `
        insert into members (handle, email, email_verified_at, password_hash, role, avatar_seed,
          age_confirmed_at, guidelines_accepted_at, created_at)
       values (:handle, :email, :since, :passwordHash, :role, :avatarSeed, :since, :since, :since)
       returning id`,
      {
        handle,
        email: login?.email ?? null,
        since,
        passwordHash: login === undefined ? null : passwordHash,
        role: login?.role ?? 'member',
        avatarSeed: `demo-${handle}`,
      },
    );
    ids.set(handle, row.id);
  }
  return { ids, all: [...ids.values()] };
}

async function loadCommunity(
  tx: Tx,
  community: DemoCommunity,
  cast: Cast,
  now: Date,
): Promise<void> {
  const row = await getIn<{ id: string }>(
    tx,
    `
      insert into communities (slug, name, summary, purpose, purpose_html, welcome, welcome_html,
        visibility, join_question, language, topics, sensitive, aliases_allowed, hours, created_at,
        difficulties, situations, formats)
     values (:slug, :name, :summary, :purpose, :purposeHtml, :welcome, :welcomeHtml, :visibility,
       :joinQuestion, :language, :topics, :sensitive, :aliases, :hours, :since, :difficulties,
       :situations, :formats)
     returning id`,
    {
      slug: community.slug,
      name: community.name,
      summary: community.summary,
      purpose: community.purpose,
      purposeHtml: bodyHtml(community.purpose),
      welcome: community.welcome,
      welcomeHtml: bodyHtml(community.welcome),
      visibility: community.visibility,
      joinQuestion: community.joinQuestion,
      language: community.language,
      topics: community.topics,
      sensitive: community.sensitive,
      aliases: community.aliases,
      hours: JSON.stringify(community.hours),
      since: later(now, -300 * DAY),
      difficulties: community.difficulties,
      situations: community.situations,
      formats: community.formats,
    },
  );
  await executeIn(
    tx,
    `
      insert into community_guidelines (community_id, version, rules)
      values (:rowId, 1, :guidelines)
    `,
    { rowId: row.id, guidelines: community.guidelines },
  );
  await enrol(tx, row.id, community, cast, now);
  for (const thread of community.threads) await loadThread(tx, row.id, thread, cast, now);
  await executeIn(
    tx,
    `
      update communities c
      set thread_count = (select count(*) from threads t where t.community_id = c.id),
       member_count = (select count(*) from memberships m where m.community_id = c.id),
       orientation_thread_id = (select min(t.id)
         from threads t
         where t.community_id = c.id and t.pinned_at is not null),
       last_post_at = (select max(t.last_post_at) from threads t where t.community_id = c.id)
       where id = :rowId`,
    { rowId: row.id },
  );
}

async function enrol(
  tx: Tx,
  communityId: string,
  community: DemoCommunity,
  cast: Cast,
  now: Date,
): Promise<void> {
  const random = randomFor(2, community.slug);
  const writers = new Set(handlesOf(community));
  for (const [handle, id] of cast.ids) {
    const role = community.moderators.includes(handle)
      ? 'moderator'
      : community.supporters.includes(handle)
        ? 'supporter'
        : 'member';
    if (!writers.has(handle) && !random.chance(0.25)) continue;
    const since = later(now, -random.below(250) * DAY);
    await executeIn(
      tx,
      `
        insert into memberships (community_id, member_id, role, joined_at)
        values (:communityId, :id, :role, :since)
      `,
      { communityId, id, role, since },
    );
    if (role === 'supporter')
      await executeIn(
        tx,
        `
          insert into supporters (community_id, member_id, state, asked_at)
          values (:communityId, :id, 'active', :since)
        `,
        { communityId, id, since },
      );
    await executeIn(
      tx,
      `
        insert into guideline_acknowledgements (member_id, community_id, version, acknowledged_at)
        values (:id, :communityId, 1, :since)
      `,
      { id, communityId, since },
    );
  }
}

async function loadThread(
  tx: Tx,
  communityId: string,
  thread: DemoThread,
  cast: Cast,
  now: Date,
): Promise<void> {
  const opened = later(now, -thread.daysAgo * DAY);
  const posts: Written[] = [
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
  const last = posts.at(-1)?.at ?? opened;
  const row = await getIn<{ id: string }>(
    tx,
    `
      insert into threads (community_id, title, kind, reply_wish, topic, pinned_at, locked_at,
        reply_count, next_number, last_post_at, created_at)
     values (:communityId, :title, :kind, :replyWish, :topic, :opened, :last, :replyCount,
       :nextNumber, :lastPostAt, :createdAt)
     returning id`,
    {
      communityId,
      title: thread.title,
      kind: thread.kind,
      replyWish: thread.replyWish,
      topic: thread.topic,
      opened: thread.pinned ? opened : null,
      last: thread.locked ? last : null,
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
    const made = await getIn<{ id: string }>(
      tx,
      `
        insert into posts (thread_id, number, author_id, alias_id, reply_to_number, body, body_html,
          content_warnings, summary, created_at)
       values (:rowId, :number, :author, :alias, :replyTo, :body, :bodyHtml, :contentWarnings,
         :summary, :at)
       returning id`,
      {
        rowId: row.id,
        number: at + 1,
        author,
        alias,
        replyTo: post.replyTo,
        body: post.body,
        bodyHtml: bodyHtml(post.body),
        contentWarnings: post.contentWarnings,
        summary: post.summary,
        at: post.at,
      },
    );
    // Where the starter pack is in the library, posts show what they tell of.
    if (post.strategies !== undefined)
      await executeIn(
        tx,
        `
          insert into post_strategies (post_id, strategy_id, state, created_at)
          select :madeId, id, 'accepted', :at
          from coping_strategies
          where slug = any(:strategies)
        `,
        { madeId: made.id, strategies: post.strategies, at: post.at },
      );
    await react(tx, made.id, author, post, cast, (below) => random.below(below));
    await executeIn(
      tx,
      `
        insert into thread_follows (thread_id, member_id, level)
        values (:rowId, :author, 'following')
        on conflict
        do nothing
      `,
      { rowId: row.id, author },
    );
  }
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
  cast: Cast,
  pick: (below: number) => number,
): Promise<void> {
  for (const [kind, wished] of Object.entries(post.reactions)) {
    const column = REACTION_COLUMNS[kind];
    if (column === undefined || wished === 0) continue;
    const start = pick(cast.all.length);
    const givers = cast.all
      .map((_, at) => cast.all[(start + at) % cast.all.length] ?? '')
      .filter((id) => id !== author)
      .slice(0, wished);
    await executeIn(
      tx,
      `
        insert into reactions (post_id, member_id, kind)
        select :postId, unnest(:givers::bigint[]), :kind
      `,
      { postId, givers, kind },
    );
    await executeIn(tx, `update posts set ${column} = :length where id = :postId`, {
      postId,
      length: givers.length,
    });
  }
}
