import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import { requireAdmin } from '../http/guards.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, insertOne, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { requireModerator, type AccessibleCommunity } from './community-access.js';
import { descriptionColumns, type CommunityDescription } from './community-description.js';
import { CommunityGuidelines } from './community-guidelines.entity.js';
import { Community } from './community.entity.js';
import { AuditLog } from '../review/audit-log.js';
import { findIn, getIn } from '../kernel/sql.js';

/** Creates communities and edits their settings. Every change is written to the audit log. */
@Injectable()
export class CommunityEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * Creates a community for members only, with its first guidelines.
   * @throws FieldError if the slug is taken
   */
  async create(
    viewer: Viewer,
    slug: string,
    description: CommunityDescription,
    rules: readonly string[],
  ): Promise<void> {
    requireAdmin(viewer);
    if (description.searchEngines) throw notPublic();
    try {
      await this.database.inTransaction(async (tx) => {
        const now = this.clock.now();
        const communityId = await insertOne(tx, Community, {
          ...descriptionColumns(description),
          slug,
          visibility: 'members',
          createdAt: now,
        });
        await tx
          .getRepository(CommunityGuidelines)
          .insert({ communityId, version: 1, rules: [...rules], createdAt: now });
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'community.founded',
          communityId,
          detail: { slug },
        });
      });
    } catch (error) {
      if (isDuplicate(error)) throw new FieldError('slug', 'administration.error.slug-taken');
      throw error;
    }
  }

  /** @throws FieldError if search engines are allowed into a community that is not public */
  async describe(
    viewer: Viewer,
    community: AccessibleCommunity,
    description: CommunityDescription,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const before = await findIn<object>(
        tx,
        `
          select pre_moderation, hold_on_shift, hold_outside, aliases_allowed, mentions_allowed,
            polls_allowed, sensitive, visits_allowed, first_posts_count
          from communities
          where id = :communityId
          for update
        `,
        { communityId: community.id },
      );
      await this.allowSearchEngines(tx, viewer, community.id, description.searchEngines);
      await tx
        .getRepository(Community)
        .update({ id: community.id }, descriptionColumns(description));
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.described',
        communityId: community.id,
        detail: {
          before,
          preModeration: description.preModeration,
          holdOnShift: description.holdOnShift,
          holdOutside: description.holdOutside,
          aliasesAllowed: description.aliasesAllowed,
          mentionsAllowed: description.mentionsAllowed,
          pollsAllowed: description.pollsAllowed,
          sensitive: description.sensitive,
          visitsAllowed: description.visitsAllowed,
          firstPostsCount: description.firstPostsCount,
        },
      });
    });
  }

  async welcome(viewer: Viewer, community: AccessibleCommunity, text: string): Promise<void> {
    requireModerator(viewer, community);
    await this.database.inTransaction(async (tx) => {
      await tx
        .getRepository(Community)
        .update({ id: community.id }, { welcome: text, welcomeHtml: bodyHtml(text) });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.welcome-changed',
        communityId: community.id,
      });
    });
  }

  async setHours(
    viewer: Viewer,
    community: AccessibleCommunity,
    hours: ModeratedHours,
  ): Promise<void> {
    requireModerator(viewer, community);
    await this.database.inTransaction(async (tx) => {
      await tx.getRepository(Community).update({ id: community.id }, { hours });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.hours-changed',
        communityId: community.id,
        detail: { before: community.hours, after: hours },
      });
    });
  }

  /**
   * Adds a version, which members must agree to before their next post. Old versions are kept, so
   * that a decision can be read beside the rule it names.
   * @returns false if nothing changed
   */
  async setGuidelines(
    viewer: Viewer,
    community: AccessibleCommunity,
    rules: readonly string[],
  ): Promise<boolean> {
    requireModerator(viewer, community);
    return this.database.inTransaction(async (tx) => {
      const current = await getIn<{ version: number; rules: string[] | null }>(
        tx,
        `
          select c.guidelines_version as version, g.rules
          from communities c
          left join community_guidelines g on g.community_id = c.id
            and g.version = c.guidelines_version
          where c.id = :communityId
          for update of c
        `,
        { communityId: community.id },
      );
      if (current.rules !== null && JSON.stringify(current.rules) === JSON.stringify(rules))
        return false;
      const version = current.version + 1;
      await tx.getRepository(CommunityGuidelines).insert({
        communityId: community.id,
        version,
        rules: [...rules],
        createdAt: this.clock.now(),
      });
      await tx
        .getRepository(Community)
        .update({ id: community.id }, { guidelinesVersion: version });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.guidelines-changed',
        communityId: community.id,
        detail: { version },
      });
      return true;
    });
  }

  async setOrientation(
    tx: Tx,
    viewer: Viewer,
    community: AccessibleCommunity,
    threadId: string,
  ): Promise<void> {
    requireModerator(viewer, community);
    await tx
      .getRepository(Community)
      .update({ id: community.id }, { orientationThreadId: threadId });
    await this.auditLog.write(tx, viewer.memberId, {
      action: 'community.orientation-opened',
      communityId: community.id,
    });
  }

  private async allowSearchEngines(
    tx: Tx,
    viewer: Viewer,
    id: string,
    allowed: boolean,
  ): Promise<void> {
    const current = await getIn<{ open: boolean; since: Date | null }>(
      tx,
      `select visibility = 'public' as open, search_engines_since as since
       from communities
       where id = :id
       for update`,
      { id },
    );
    if (allowed && !current.open) throw notPublic();
    if (allowed === (current.since !== null)) return;
    const since = allowed ? this.clock.now() : null;
    await tx.getRepository(Community).update({ id }, { searchEnginesSince: since });
    await this.auditLog.write(tx, viewer.memberId, {
      action: allowed ? 'community.search-engines-let-in' : 'community.search-engines-kept-out',
      communityId: id,
      detail: { before: current.since, after: since },
    });
  }
}

function notPublic(): FieldError {
  return new FieldError('searchEngines', 'administration.error.search-engines');
}
