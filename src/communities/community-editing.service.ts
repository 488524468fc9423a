import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, insertOne, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { canModerate, type AccessibleCommunity } from './community-access.js';
import { CommunityGuidelines } from './community-guidelines.entity.js';
import { CommunityLog } from './community-log.js';
import { Community } from './community.entity.js';
import { getIn, queryIn } from '../kernel/sql.js';

/**
 * All that is said of a community, but for its guidelines, hours and openness, which have forms of
 * their own.
 */
export interface CommunityWords {
  name: string;
  summary: string;
  purpose: string;
  joinQuestion: string;
  language: string;
  topics: string[];
  difficulties: string[];
  situations: string[];
  formats: string[];
  sensitive: boolean;
  aliasesAllowed: boolean;
  mentionsAllowed: boolean;
  visitsAllowed: boolean;
  /** Search engines may list it, and the threads that are begun from then on. */
  searchEngines: boolean;
  preModeration: Community['preModeration'];
  holdOnShift: Community['holdOnShift'];
  holdOutside: Community['holdOutside'];
  firstPostsCount: number;
  /**
   * After so many hours without an answer a thread is offered to peer supporters, and brought
   * before the moderators.
   */
  supportersAfterHours: number;
  moderatorsAfterHours: number;
}

type Description = Omit<CommunityWords, 'searchEngines' | 'joinQuestion'> &
  Pick<Community, 'purposeHtml' | 'joinQuestion'>;

/** Founding a community and changing what is said of it. Every change stands in the log. */
@Injectable()
export class CommunityEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly deeds: CommunityLog,
  ) {}

  /**
   * It begins for members only, with the guidelines that are given; opening it is a step of its
   * own.
   */
  async found(
    viewer: Viewer,
    slug: string,
    words: CommunityWords,
    rules: readonly string[],
  ): Promise<void> {
    onlyAdmins(viewer);
    if (words.searchEngines) throw notOpen();
    try {
      await this.database.inTransaction(async (tx) => {
        const createdAt = this.clock.now();
        const communityId = await insertOne(tx, Community, {
          slug,
          visibility: 'members',
          createdAt,
          ...describedBy(words),
        });
        await tx
          .getRepository(CommunityGuidelines)
          .insert({ communityId, version: 1, rules: [...rules], createdAt });
        await this.deeds.write(tx, viewer.memberId, {
          deed: 'community.founded',
          communityId,
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
    words: CommunityWords,
  ): Promise<void> {
    onlyAdmins(viewer);
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
      await this.letSearchEngines(tx, viewer, community.id, words.searchEngines);
      await tx.getRepository(Community).update({ id: community.id }, describedBy(words));
      await this.deeds.write(tx, viewer.memberId, {
        deed: 'community.described',
        communityId: community.id,
        detail: {
          before,
          preModeration: words.preModeration,
          holdOnShift: words.holdOnShift,
          holdOutside: words.holdOutside,
        },
      });
    });
  }

  async welcome(viewer: Viewer, community: AccessibleCommunity, text: string): Promise<void> {
    onlyModerators(viewer, community);
    await this.database.inTransaction(async (tx) => {
      await tx
        .getRepository(Community)
        .update({ id: community.id }, { welcome: text, welcomeHtml: bodyHtml(text) });
      await this.deeds.write(tx, viewer.memberId, {
        deed: 'community.welcome-changed',
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
      await tx.getRepository(Community).update({ id: community.id }, { hours });
      await this.deeds.write(tx, viewer.memberId, {
        deed: 'community.hours-changed',
        communityId: community.id,
        detail: { before: community.hours, after: hours },
      });
    });
  }

  /**
   * A new version, which members are asked to agree to before their next post. Old versions stay,
   * so that a decision can be read beside the rule it named. @returns false where nothing is
   * different
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
      await tx.getRepository(CommunityGuidelines).insert({
        communityId: community.id,
        version,
        rules: [...rules],
        createdAt: this.clock.now(),
      });
      await tx
        .getRepository(Community)
        .update({ id: community.id }, { guidelinesVersion: version });
      await this.deeds.write(tx, viewer.memberId, {
        deed: 'community.guidelines-changed',
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
    await tx
      .getRepository(Community)
      .update({ id: community.id }, { orientationThreadId: threadId });
    await this.deeds.write(tx, viewer.memberId, {
      deed: 'community.orientation-opened',
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
    await tx.getRepository(Community).update({ id }, { searchEnginesSince: since });
    await this.deeds.write(tx, viewer.memberId, {
      deed: wanted ? 'community.search-engines-let-in' : 'community.search-engines-kept-out',
      communityId: id,
      detail: { before: now.since, after: since },
    });
  }
}

/** @returns the columns that hold what was said; a question left empty is none */
function describedBy(words: CommunityWords): Description {
  return {
    name: words.name,
    summary: words.summary,
    purpose: words.purpose,
    purposeHtml: bodyHtml(words.purpose),
    joinQuestion: words.joinQuestion === '' ? null : words.joinQuestion,
    language: words.language,
    topics: words.topics,
    difficulties: words.difficulties,
    situations: words.situations,
    formats: words.formats,
    sensitive: words.sensitive,
    aliasesAllowed: words.aliasesAllowed,
    mentionsAllowed: words.mentionsAllowed,
    visitsAllowed: words.visitsAllowed,
    preModeration: words.preModeration,
    holdOnShift: words.holdOnShift,
    holdOutside: words.holdOutside,
    firstPostsCount: words.firstPostsCount,
    supportersAfterHours: words.supportersAfterHours,
    moderatorsAfterHours: words.moderatorsAfterHours,
  };
}

function notOpen(): FieldError {
  return new FieldError('searchEngines', 'administration.error.search-engines');
}

export function onlyAdmins(viewer: Viewer): void {
  if (viewer.role !== 'admin') throw new NotFound();
}

function onlyModerators(viewer: Viewer, community: AccessibleCommunity): void {
  if (!canModerate(viewer, community)) throw new NotFound();
}
