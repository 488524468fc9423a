import { Injectable } from '@nestjs/common';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityEditing } from '../communities/community-editing.service.js';
import type { Viewer } from '../http/viewer.js';
import { Database } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { TeamThreads } from '../posting/team-threads.service.js';
import {
  adminCommunities,
  editable,
  visibilityImpact,
  communityRoles,
  type AdminCommunityRow,
  type EditableRow,
  type VisibilityImpact,
  type RoleRow,
} from './administration.queries.js';
import type { NewCommunityForm, OrientationForm } from './communities.dto.js';

/** Community settings, edited by administrators and moderators. */
@Injectable()
export class CommunityAdministration {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly editing: CommunityEditing,
    private readonly threads: TeamThreads,
  ) {}

  all(): Promise<AdminCommunityRow[]> {
    return this.sql.rows(adminCommunities);
  }

  /** @throws NotFound if the community does not exist */
  async editable(community: AccessibleCommunity): Promise<EditableRow> {
    const row = await this.sql.first(editable, { communityId: community.id });
    if (row === null) throw new NotFound();
    return row;
  }

  roles(community: AccessibleCommunity): Promise<RoleRow[]> {
    return this.sql.rows(communityRoles, { communityId: community.id });
  }

  reach(community: AccessibleCommunity): Promise<VisibilityImpact | null> {
    return this.sql.first(visibilityImpact, { communityId: community.id });
  }

  /** @throws FieldError if the slug is taken, or there is no guideline */
  async create(viewer: Viewer, form: NewCommunityForm): Promise<void> {
    const { slug, rules, ...description } = form;
    if (rules.length === 0) throw new FieldError('rules', 'administration.error.rules');
    await this.editing.create(viewer, slug, description, rules);
  }

  /** Opens a first-day thread that replaces the previous one. */
  async replaceOrientation(
    viewer: Viewer,
    community: AccessibleCommunity,
    { title, body }: OrientationForm,
  ): Promise<void> {
    const { orientation } = await this.editable(community);
    await this.database.inTransaction(async (tx) => {
      if (orientation !== null) await this.threads.retire(tx, orientation);
      const threadId = await this.threads.open(tx, {
        communityId: community.id,
        authorId: viewer.memberId,
        title,
        body,
        kind: 'question',
        replyWish: 'listen',
      });
      await this.editing.setOrientation(tx, viewer, community, threadId);
    });
  }
}
