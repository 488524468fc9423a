import { Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { joinMembership } from '../content/visibility.js';
import { Sql, statement } from '../kernel/sql.js';
import type { MaybeViewer } from '../http/viewer.js';
import { rulesToAgree } from './agreement.js';
import type { AccessibleCommunity } from './community-access.js';
import { replyPromiseSql } from './reply-promise.js';

/** SQL: the columns of `AccessibleCommunity`, from `ACCESS_TABLES`. */
export const ACCESS_COLUMNS = `
  c.id, c.slug, c.name, c.visibility, c.archived_at is not null as archived,
      c.aliases_allowed as "aliasesAllowed",
          c.polls_allowed as "pollsAllowed",
          c.sensitive, c.topics, c.hours, c.guidelines_version as "guidelinesVersion",
            a.version as "acknowledgedVersion", ${rulesToAgree('c', 'a.version', ':viewerId')},
            c.mentions_allowed as "mentionsAllowed",
          case
            when m.state = 'active' then m.role end as role, m.expires_at as "visitUntil",
              c.visits_allowed as "visitsAllowed",
          c.search_engines_since as "searchEnginesSince", ${replyPromiseSql('c')} as promise`;

/** SQL: a community with what is known about the viewer in it. */
export const ACCESS_TABLES = `
  communities c
  ${joinMembership('c', 'm', ':viewerId')}
  left join guideline_acknowledgements a on a.community_id = c.id and a.member_id = :viewerId`;

const bySlug = statement<{ slug: string; viewerId: string | null }, AccessibleCommunity>(
  'communities.access',
  `select ${ACCESS_COLUMNS} from ${ACCESS_TABLES} where c.slug = :slug`,
);

/** Loads communities, with the viewer's role in them. */
@Injectable()
export class CommunityAccess {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound for an unknown slug */
  async load(viewer: MaybeViewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.sql.first(bySlug, {
      slug: slug.slice(0, 60),
      viewerId: viewer?.memberId ?? null,
    });
    if (community === null) throw new NotFound();
    return community;
  }
}
