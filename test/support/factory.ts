import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Viewer } from '../../src/http/viewer.js';
import { viewer } from './viewers.js';

export interface MemberOptions {
  role?: 'member' | 'moderator' | 'admin';
  verified?: boolean;
  email?: string;
}

export interface CommunityOptions {
  slug?: string;
  visibility?: 'public' | 'members' | 'approval' | 'unlisted';
  aliases?: boolean;
  topics?: string[];
  archived?: boolean;
  /** Search engines have long been allowed to index it. */
  searchEngines?: boolean;
}

export interface ThreadOptions {
  community?: string;
  author?: string;
  title?: string;
  body?: string;
  alias?: string;
  locked?: boolean;
  notes?: string[];
}

export interface PostOptions {
  thread: string;
  author?: string;
  body?: string;
  alias?: string;
}

export interface CaseOptions {
  post: string;
  tier?: 'none' | 'watch' | 'urgent' | 'crisis' | 'unknown';
  /** Each as `source.reason`. */
  reasons?: string[];
  /** In minutes from now; negative if overdue. */
  due?: number;
  /** Minutes ago. */
  opened?: number;
}

export interface DecisionOptions {
  case: string;
  action?: string;
  actor?: string;
}

export interface StrategyOptions {
  slug?: string;
  name?: string;
  status?: 'draft' | 'proposed' | 'published' | 'declined' | 'withdrawn';
  /** The member who wrote it; undefined for one from a pack. */
  author?: string;
  minutes?: number;
  energy?: 'low' | 'some' | 'more';
  needs?: string[];
  kinds?: string[];
  places?: string[];
  times?: string[];
  challenges?: string[];
  language?: string;
}

/** Creates fixtures by SQL. Names that are not given are invented. */
export class Factory {
  private count = 0;

  constructor(private readonly database: DataSource) {}

  /** Queries about a post. */
  readonly post = {
    /** The id of the post that opens a thread. */
    opening: async (thread: string): Promise<string> => {
      const row = await this.one<{ id: string }>(
        'select id from posts where thread_id = $1 and number = 1',
        [thread],
      );
      return row.id;
    },
    /** The status, such as `published` or `held`. */
    status: async (id: string): Promise<string> => {
      const row = await this.one<{ status: string }>('select status from posts where id = $1', [
        id,
      ]);
      return row.status;
    },
  };

  /** @returns the member's id */
  async member(handle: string, options: MemberOptions = {}): Promise<string> {
    const [known] = (await this.rows('select id from members where handle = $1::citext', [
      handle,
    ])) as { id: string }[];
    if (known !== undefined) return known.id;
    const [row] = (await this.rows(
      `
        insert into members (handle, email, email_verified_at, role, avatar_seed, second_factor_by,
          age_confirmed_at, guidelines_accepted_at)
        values ($1, $2, case when $3 then now() end, $4, $5, now() + interval '20 years', now(),
          now())
        returning id
      `,
      [
        handle,
        options.email ?? `${handle}@example.org`,
        options.verified ?? true,
        options.role ?? 'member',
        `seed-${handle}`,
      ],
    )) as [{ id: string }];
    return row.id;
  }

  /**
   * @returns the session's token. The password counts as just entered and the session as in use,
   *   wherever the clock is moved
   */
  async session(handle: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.rows(
      `
        insert into sessions (token_hash, member_id, last_seen_at, expires_at, reauthenticated_at)
        select $1, $2, t.later, t.later, t.later
        from (select now() + interval '300 days' as later) t
      `,
      [createHash('sha256').update(token).digest(), await this.member(handle)],
    );
    return token;
  }

  /** @returns the slug */
  async community(options: CommunityOptions = {}): Promise<string> {
    const slug = options.slug ?? `community-${++this.count}`;
    await this.rows(
      `
        insert into communities (slug, name, summary, visibility, aliases_allowed, topics,
          archived_at, search_engines_since)
        values ($1, $2, 'For testing', $3, $4, $5, case
          when $6 then now() end, case
          when $7 then now() - interval '10 years' end)
        on conflict
        do nothing
      `,
      [
        slug,
        `The ${slug}`,
        options.visibility ?? 'public',
        options.aliases ?? true,
        options.topics ?? [],
        options.archived ?? false,
        options.searchEngines ?? false,
      ],
    );
    await this.rows(
      `
        insert into community_guidelines (community_id, version, rules)
        select id, 1, '{"Be kind."}'
        from communities
        where slug = $1
        on conflict
        do nothing
      `,
      [slug],
    );
    return slug;
  }

  async join(
    handle: string,
    slug: string,
    role: 'member' | 'supporter' | 'moderator' = 'member',
  ): Promise<void> {
    const id = await this.member(handle);
    await this.rows(
      `
        with c as (update communities
          set member_count = member_count + 1
          where slug = $1
          returning id)
       insert into memberships (community_id, member_id, role) select id, $2, $3 from c`,
      [slug, id, role],
    );
    await this.rows(
      `
        insert into guideline_acknowledgements (member_id, community_id, version)
        select $2, id, 1
        from communities
        where slug = $1
        on conflict
        do nothing
      `,
      [slug, id],
    );
  }

  /** @returns the thread's id */
  async thread(options: ThreadOptions = {}): Promise<string> {
    const slug = options.community ?? (await this.community());
    const author = await this.member(options.author ?? 'opener');
    const [row] = (await this.rows(
      `
        insert into threads (community_id, title, kind, reply_wish, locked_at)
        select id, $2, 'support', 'listen', case when $3 then now() end
        from communities
        where slug = $1
        returning id
      `,
      [slug, options.title ?? `Thread ${++this.count}`, options.locked ?? false],
    )) as [{ id: string }];
    const alias =
      options.alias === undefined ? null : await this.alias(row.id, author, options.alias);
    await this.rows(
      `
        insert into posts (thread_id, number, author_id, alias_id, body, body_html,
          content_warnings)
        values ($1, 1, $2, $3, $4, $5, $6)
      `,
      [
        row.id,
        author,
        alias,
        options.body ?? 'The opening.',
        `<p>${options.body ?? 'The opening.'}</p>`,
        options.notes ?? [],
      ],
    );
    await this.rows(
      `insert into thread_follows (thread_id, member_id, level) values ($1, $2, 'following')`,
      [row.id, author],
    );
    return row.id;
  }

  /** @returns the post's id */
  async reply(options: PostOptions): Promise<string> {
    const author = await this.member(options.author ?? 'replier');
    const alias =
      options.alias === undefined ? null : await this.alias(options.thread, author, options.alias);
    const [row] = (await this.rows(
      `with t as (
         update threads
         set next_number = next_number + 1, reply_count = reply_count + 1
         where id = $1
         returning next_number - 1 as number
       )
       insert into posts (thread_id, number, author_id, alias_id, body, body_html)
       select $1, t.number, $2, $3, $4, '<p>' || $4 || '</p>' from t
       returning id`,
      [options.thread, author, alias, options.body ?? 'A reply.'],
    )) as [{ id: string }];
    return row.id;
  }

  /** @returns the slug of a coping strategy */
  async strategy(options: StrategyOptions = {}): Promise<string> {
    const slug = options.slug ?? `strategy-${++this.count}`;
    const author = options.author === undefined ? null : await this.member(options.author);
    await this.rows(
      `
        insert into coping_strategies (stable_id, slug, name, summary, steps, minutes, energy,
          needs, kinds, places, times, challenges, origin, language, status, member_id,
          published_at, credit, credit_from)
       values ('test:' || $1, $1, $2, 'Something to try.', '{"One thing.","Another thing."}', $3,
         $4, $5, $6, $7, $8, $9, case
         when $12::bigint is null then 'charity'
         else 'peer' end, $10, $11, $12,
         case
           when $11 = 'published' then now() end, $13, case
           when $12::bigint is null then 'pack'
           else 'handle' end)`,
      [
        slug,
        options.name ?? `Strategy ${slug}`,
        options.minutes ?? 5,
        options.energy ?? 'low',
        options.needs ?? [],
        options.kinds ?? [],
        options.places ?? [],
        options.times ?? [],
        options.challenges ?? [],
        options.language ?? 'en',
        options.status ?? 'published',
        author,
        options.author ?? '',
      ],
    );
    return slug;
  }

  /** @returns the id of an open case about a post */
  async case(options: CaseOptions): Promise<string> {
    const [row] = (await this.rows(
      `insert into review_cases (kind, post_id, community_id, tier, due_at, opened_at)
       select 'post', p.id, t.community_id, $2, now() + $3 * interval '1 minute',
         now() - $4 * interval '1 minute'
       from posts p
       join threads t on t.id = p.thread_id
       where p.id = $1
       returning id`,
      [options.post, options.tier ?? 'watch', options.due ?? 720, options.opened ?? 0],
    )) as [{ id: string }];
    for (const reason of options.reasons ?? ['triage.watch']) {
      await this.rows(
        'insert into case_reasons (case_id, source, reason, created_at) values ($1, $2, $3, now())',
        [row.id, ...reason.split('.')],
      );
    }
    return row.id;
  }

  /** @returns the id of a decision of which the author of the case's post was notified */
  async decision(options: DecisionOptions): Promise<string> {
    const actor = await this.member(options.actor ?? 'deciding-mod');
    const [row] = (await this.rows(
      `
        insert into decisions (number, case_id, post_id, member_id, actor_id, action, rule, reason,
          detail, found_by, created_at)
       select 'D-TEST' || rc.id, rc.id, p.id, p.author_id, $2, $3, 'kind', 'Because of the words.',
         '{"told": true}', 'report', now()
       from review_cases rc
       join posts p on p.id = rc.post_id
       where rc.id = $1
       returning id`,
      [options.case, actor, options.action ?? 'hide'],
    )) as [{ id: string }];
    await this.rows(
      `update review_cases set state = 'closed', closed_at = now(), outcome = $2 where id = $1`,
      [options.case, options.action ?? 'hide'],
    );
    return row.id;
  }

  /** @returns the id of a folder of a community, with threads in it */
  async folder(options: { community: string; name?: string; threads?: string[] }): Promise<string> {
    const [row] = (await this.rows(
      `
        insert into thread_folders (community_id, name, created_at)
        select id, $2, now()
        from communities
        where slug = $1
        returning id
      `,
      [options.community, options.name ?? `Folder ${randomBytes(4).toString('hex')}`],
    )) as [{ id: string }];
    for (const thread of options.threads ?? [])
      await this.rows(`insert into folder_threads values ($1, $2, now())`, [row.id, thread]);
    return row.id;
  }

  /** @returns the id of a notification about a post */
  async notice(handle: string, post: string): Promise<string> {
    const [row] = (await this.rows(
      `
        insert into notices (member_id, kind, thread_id, post_id)
        select $1, 'reply-to-thread', thread_id, id
        from posts
        where id = $2
        returning id
      `,
      [await this.member(handle), post],
    )) as [{ id: string }];
    return row.id;
  }

  /** @returns the id of a digest of the last week */
  async digest(handle: string): Promise<string> {
    const [row] = (await this.rows(
      `
        insert into digests (member_id, weekly_since, until, status, created_at)
        values ($1, now() - interval '7 days', clock_timestamp(), 'sent', now())
        returning id
      `,
      [await this.member(handle)],
    )) as [{ id: string }];
    return row.id;
  }

  private async alias(thread: string, member: string, name: string): Promise<string> {
    const [row] = (await this.rows(
      `
        insert into thread_aliases (thread_id, member_id, name, avatar_seed)
        values ($1, $2, $3, $4)
        on conflict (thread_id, member_id)
        do update set name = excluded.name
        returning id
      `,
      [thread, member, name, randomBytes(6).toString('hex')],
    )) as [{ id: string }];
    return row.id;
  }

  /** A member as a service's viewer, who moderates according to their memberships. */
  async viewer(handle: string, changes: Partial<Viewer> = {}): Promise<Viewer> {
    const memberId = await this.member(handle, changes.role ? { role: changes.role } : {});
    return viewer({ memberId, handle, moderates: await this.moderates(memberId), ...changes });
  }

  /** Whether the member moderates a community, as in a session. */
  private async moderates(memberId: string): Promise<boolean> {
    const { moderates } = await this.one<{ moderates: boolean }>(
      `
        select m.role <> 'member' or exists (
          select 1
          from memberships
          where member_id = m.id and role = 'moderator' and state = 'active'
        ) as moderates
        from members m
        where m.id = $1
      `,
      [memberId],
    );
    return moderates;
  }

  /** The only row of a result. @throws if there are none or several */
  async one<Row>(text: string, params: unknown[] = []): Promise<Row> {
    const rows = (await this.rows(text, params)) as Row[];
    const [row] = rows;
    if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows: ${text}`);
    return row;
  }

  /** The rows of a result, typed. */
  async all<Row>(text: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.rows(text, params)) as Row[];
  }

  async rows(text: string, params: unknown[] = []): Promise<unknown[]> {
    const result = (await this.database.query(text, params)) as unknown;
    // For UPDATE and DELETE the driver returns rows and a count.
    return Array.isArray(result) &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === 'number'
      ? (result[0] as unknown[])
      : (result as unknown[]);
  }
}
