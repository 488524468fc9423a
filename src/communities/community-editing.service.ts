import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import { requireAdmin } from '../http/guards.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { canModerate, type AccessibleCommunity } from './community-access.js';
import { writeDescription, type CommunityDescription } from './community-description.js';
import { AuditLog } from '../review/audit-log.js';
import { getIn, executeIn, queryIn } from '../kernel/sql.js';

/** Creates communities and changes their settings. Every change is written to the log. */
@Injectable()
export class CommunityEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * Creates a community for members only, with its first guidelines. Opening it is another step.
   * @throws FieldError where the slug is taken
   */
  async found(
    viewer: Viewer,
    slug: string,
    description: CommunityDescription,
    rules: readonly string[],
  ): Promise<void> {
    requireAdmin(viewer);
    if (description.searchEngines) throw notOpen();
    try {
      await this.database.inTransaction(async (tx) => {
        const row = await getIn<{ id: string }>(
          tx,
          `
            insert into communities (slug, name, summary, visibility, created_at)
            values (:slug, :name, :summary, 'members', :now)
            returning id
          `,
          { slug, name: description.name, summary: description.summary, now: this.clock.now() },
        );
        await executeIn(
          tx,
          `
            insert into community_guidelines (community_id, version, rules, created_at)
            values (:rowId, 1, :rules, :now)
          `,
          { rowId: row.id, rules, now: this.clock.now() },
        );
        await writeDescription(tx, row.id, description);
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'community.founded',
          communityId: row.id,
          detail: { slug },
        });
      });
    } catch (error) {
      if (isDuplicate(error)) throw new FieldError('slug', 'administration.error.slug-taken');
      throw error;
    }
  }

  /** @throws FieldError where search engines are let into a community that is not open */
  async describe(
    viewer: Viewer,
    community: AccessibleCommunity,
    description: CommunityDescription,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const [before] = await queryIn<object>(
        tx,
        `
          select pre_moderation, hold_on_shift, hold_outside, aliases_allowed, sensitive,
            visits_allowed
          from communities
          where id = :communityId
          for update
        `,
        { communityId: community.id },
      );
      await this.letSearchEngines(tx, viewer, community.id, description.searchEngines);
      await writeDescription(tx, community.id, description);
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.described',
        communityId: community.id,
        detail: {
          before,
          preModeration: description.preModeration,
          holdOnShift: description.holdOnShift,
          holdOutside: description.holdOutside,
        },
      });
    });
  }

  async welcome(viewer: Viewer, community: AccessibleCommunity, text: string): Promise<void> {
    onlyModerators(viewer, community);
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update communities
          set welcome = :text, welcome_html = :welcomeHtml
          where id = :communityId
        `,
        { communityId: community.id, text, welcomeHtml: bodyHtml(text) },
      );
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
    onlyModerators(viewer, community);
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'update communities set hours = :hours where id = :communityId', {
        communityId: community.id,
        hours: JSON.stringify(hours),
      });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.hours-changed',
        communityId: community.id,
        detail: { before: community.hours, after: hours },
      });
    });
  }

  /**
   * Adds a version, which members are asked to agree to before their next post. Old versions stay,
   * so that a decision can be read beside the rule it named.
   * @returns false where nothing changed
   */
  async setGuidelines(
    viewer: Viewer,
    community: AccessibleCommunity,
    rules: readonly string[],
  ): Promise<boolean> {
    onlyModerators(viewer, community);
    return this.database.inTransaction(async (tx) => {
      const now = await getIn<{ version: number; rules: string[] | null }>(
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
      if (now.rules !== null && JSON.stringify(now.rules) === JSON.stringify(rules)) return false;
      const version = now.version + 1;
      await executeIn(
        tx,
        `
          insert into community_guidelines (community_id, version, rules, created_at)
          values (:communityId, :version, :rules, :now)
        `,
        { communityId: community.id, version, rules, now: this.clock.now() },
      );
      await executeIn(
        tx,
        'update communities set guidelines_version = :version where id = :communityId',
        { communityId: community.id, version },
      );
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
    onlyModerators(viewer, community);
    await executeIn(
      tx,
      'update communities set orientation_thread_id = :threadId where id = :communityId',
      { communityId: community.id, threadId },
    );
    await this.auditLog.write(tx, viewer.memberId, {
      action: 'community.orientation-opened',
      communityId: community.id,
    });
  }

  private async letSearchEngines(
    tx: Tx,
    viewer: Viewer,
    id: string,
    wanted: boolean,
  ): Promise<void> {
    const now = await getIn<{ open: boolean; since: Date | null }>(
      tx,
      `select visibility = 'public' as open, search_engines_since as since
       from communities
       where id = :id
       for update`,
      { id },
    );
    if (wanted && !now.open) throw notOpen();
    if (wanted === (now.since !== null)) return;
    const since = wanted ? this.clock.now() : null;
    await executeIn(tx, 'update communities set search_engines_since = :since where id = :id', {
      id,
      since,
    });
    await this.auditLog.write(tx, viewer.memberId, {
      action: wanted ? 'community.search-engines-let-in' : 'community.search-engines-kept-out',
      communityId: id,
      detail: { before: now.since, after: since },
    });
  }
}

function notOpen(): FieldError {
  return new FieldError('searchEngines', 'administration.error.search-engines');
}

function onlyModerators(viewer: Viewer, community: AccessibleCommunity): void {
  if (!canModerate(viewer, community)) throw new NotFound();
}
