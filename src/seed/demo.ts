import { bodyHtml } from '../content/markdown.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { DAY, later } from '../kernel/clock.js';
import type { Database, Tx } from '../kernel/database.js';
import type { Vault } from '../vault/vault.js';
import { DEMO_ACCOUNTS } from './demo-accounts.js';
import { DemoCases } from './demo-cases.js';
import { demoCommunities, type DemoCommunity } from './demo-files.js';
import { DemoPeople } from './demo-people.js';
import { loadThread, type DemoCast } from './demo-threads.js';
import { lifeHandles } from './life-files.js';
import { randomFor } from './random.js';
import { executeIn, getIn } from '../kernel/sql.js';

/**
 * Loads the demo into an empty database in one transaction: communities with their threads,
 * moderation cases, and the demo members' private data.
 * @param passwordHash of the demo log-ins' shared password
 * @returns false if there are already members
 */
export async function loadDemo(
  database: Database,
  vault: Vault,
  now: Date,
  passwordHash: string,
): Promise<boolean> {
  return database.inTransaction(async (tx) => {
    await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
      lock: ADVISORY_LOCKS.demo,
    });
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
): Promise<DemoCast> {
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
  cast: DemoCast,
  now: Date,
): Promise<void> {
  const row = await getIn<{ id: string }>(
    tx,
    `
      insert into communities (slug, name, summary, purpose, purpose_html, welcome, welcome_html,
        visibility, join_question, language, topics, sensitive, aliases_allowed, mentions_allowed, hours, created_at,
        difficulties, situations, formats)
     values (:slug, :name, :summary, :purpose, :purposeHtml, :welcome, :welcomeHtml, :visibility,
       :joinQuestion, :language, :topics, :sensitive, :aliases, not :sensitive::boolean, :hours, :since, :difficulties,
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
      values (:communityId, 1, :guidelines)
    `,
    { communityId: row.id, guidelines: community.guidelines },
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
       where id = :communityId`,
    { communityId: row.id },
  );
}

async function enrol(
  tx: Tx,
  communityId: string,
  community: DemoCommunity,
  cast: DemoCast,
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
