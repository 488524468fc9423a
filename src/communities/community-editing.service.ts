import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { canModerate, type AccessibleCommunity } from './community-access.js';
import { CommunityLog } from './community-log.js';

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
  preModeration: string;
  holdOnShift: string;
  holdOutside: string;
  firstPostsCount: number;
  /**
   * After so many hours without an answer a thread is offered to peer supporters, and brought
   * before the moderators.
   */
  supportersAfterHours: number;
  moderatorsAfterHours: number;
}

const SET = `name = $2, summary = $3, purpose = $4, purpose_html = $5, join_question = nullif($6, ''), language = $7, topics = $8, difficulties = $9, situations = $10, formats = $11, sensitive = $12,
  aliases_allowed = $13, mentions_allowed = $14, visits_allowed = $15, pre_moderation = $16, hold_on_shift = $17, hold_outside = $18, first_posts_count = $19,
  supporters_after_hours = $20, moderators_after_hours = $21`;

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
        const [row] = (await tx.query(
          `
            insert into communities (slug, name, summary, visibility, created_at)
            values ($1, $2, $3, 'members', $4)
            returning id
          `,
          [slug, words.name, words.summary, this.clock.now()],
        )) as [{ id: string }];
        await tx.query(
          `
            insert into community_guidelines (community_id, version, rules, created_at)
            values ($1, 1, $2, $3)
          `,
          [row.id, rules, this.clock.now()],
        );
        await this.write(tx, row.id, words);
        await this.deeds.write(tx, viewer.memberId, {
          deed: 'community.founded',
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
    words: CommunityWords,
  ): Promise<void> {
    onlyAdmins(viewer);
    await this.database.inTransaction(async (tx) => {
      const [before] = (await tx.query(
        `
          select pre_moderation, hold_on_shift, hold_outside, aliases_allowed, sensitive,
            visits_allowed
          from communities
          where id = $1
          for update
        `,
        [community.id],
      )) as object[];
      await this.letSearchEngines(tx, viewer, community.id, words.searchEngines);
      await this.write(tx, community.id, words);
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
      await tx.query('update communities set welcome = $2, welcome_html = $3 where id = $1', [
        community.id,
        text,
        bodyHtml(text),
      ]);
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
      await tx.query('update communities set hours = $2 where id = $1', [
        community.id,
        JSON.stringify(hours),
      ]);
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
      const [now] = (await tx.query(
        `
          select c.guidelines_version as version, g.rules
          from communities c
          left join community_guidelines g on g.community_id = c.id
            and g.version = c.guidelines_version
          where c.id = $1
          for update of c
        `,
        [community.id],
      )) as [{ version: number; rules: string[] | null }];
      if (now.rules !== null && JSON.stringify(now.rules) === JSON.stringify(rules)) return false;
      const version = now.version + 1;
      await tx.query(
        `
          insert into community_guidelines (community_id, version, rules, created_at)
          values ($1, $2, $3, $4)
        `,
        [community.id, version, rules, this.clock.now()],
      );
      await tx.query('update communities set guidelines_version = $2 where id = $1', [
        community.id,
        version,
      ]);
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
    await tx.query('update communities set orientation_thread_id = $2 where id = $1', [
      community.id,
      threadId,
    ]);
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
    const [now] = (await tx.query(
      `select visibility = 'public' as open, search_engines_since as since
       from communities
       where id = $1
       for update`,
      [id],
    )) as [{ open: boolean; since: Date | null }];
    if (wanted && !now.open) throw notOpen();
    if (wanted === (now.since !== null)) return;
    const since = wanted ? this.clock.now() : null;
    await tx.query('update communities set search_engines_since = $2 where id = $1', [id, since]);
    await this.deeds.write(tx, viewer.memberId, {
      deed: wanted ? 'community.search-engines-let-in' : 'community.search-engines-kept-out',
      communityId: id,
      detail: { before: now.since, after: since },
    });
  }

  private async write(tx: Tx, id: string, words: CommunityWords): Promise<void> {
    await tx.query(`update communities set ${SET} where id = $1`, [
      id,
      words.name,
      words.summary,
      words.purpose,
      bodyHtml(words.purpose),
      words.joinQuestion,
      words.language,
      words.topics,
      words.difficulties,
      words.situations,
      words.formats,
      words.sensitive,
      words.aliasesAllowed,
      words.mentionsAllowed,
      words.visitsAllowed,
      words.preModeration,
      words.holdOnShift,
      words.holdOutside,
      words.firstPostsCount,
      words.supportersAfterHours,
      words.moderatorsAfterHours,
    ]);
  }
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
