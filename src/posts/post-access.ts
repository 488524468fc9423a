import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import type { CaseTier } from '../triage/risk.js';
import {
  joinMembership,
  mayRead,
  readersOf,
  stands,
  threadStands,
  type Readers,
} from '../content/visibility.js';

/** What has to be known of a post to say who may do what with it. */
export interface AccessiblePost {
  readonly id: string;
  readonly threadId: string;
  readonly number: number;
  readonly status: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly withdrawn: boolean;
  readonly tier: CaseTier;
  readonly locked: boolean;
  readonly archived: boolean;
  readonly title: string;
  readonly communityId: string;
  readonly slug: string;
  readonly communityName: string;
  readonly aliasId: string | null;
  /** Its writer opened the thread. */
  readonly opener: boolean;
  /** The viewer wrote it, under whatever name. */
  readonly mine: boolean;
  readonly member: boolean;
  readonly moderates: boolean;
  readonly readers: Readers;
}

const MODERATES = `(:isStaff or coalesce(m.role = 'moderator', false))`;

const byId = statement<{ id: string; viewerId: string | null; isStaff: boolean }, AccessiblePost>(
  'posts.access',
  `
    select p.id, p.thread_id as "threadId", p.number, p.status, p.version,
      p.created_at as "createdAt", p.status = 'withdrawn' as withdrawn, p.tier,
          t.locked_at is not null as locked, c.archived_at is not null as archived, t.title,
            c.id as "communityId", c.slug, c.name as "communityName",
          p.alias_id as "aliasId", coalesce(p.author_id = :viewerId, false) as mine,
          coalesce(o.author_id = p.author_id, false) as opener, m.member_id is not null as member,
            ${MODERATES} as moderates,
          ${readersOf('c', 't', 'o', 'p')} as readers
   from posts p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   join posts o on o.thread_id = t.id and o.number = 1
   ${joinMembership('c', 'm', ':viewerId')}
   where p.id = :id
     and ${mayRead('c', 'm', ':isStaff')}
     and ${stands('p', 'c.id', ':viewerId', MODERATES)}
     and (${threadStands('t', 'o', ':viewerId', MODERATES)} or p.author_id = :viewerId)`,
);

/** Posts seen through the viewer. */
@Injectable()
export class PostAccess {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound also for what the viewer may not know of */
  async load(viewer: MaybeViewer, id: string): Promise<AccessiblePost> {
    const post = await this.sql.first(byId, {
      id,
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
    });
    if (post === null) throw new NotFound();
    return post;
  }
}
