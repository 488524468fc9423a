import { statement } from '../kernel/sql.js';
import type { Community } from './community.entity.js';

export interface GuidelinesRow {
  version: number;
  rules: string[];
  since: Date;
}

/** Every version of a community's guidelines, newest first. */
export const guidelineVersions = statement<{ communityId: string }, GuidelinesRow>(
  'communities.guideline-versions',
  `
    select version, rules, created_at as since
    from community_guidelines
    where community_id = :communityId
    order by version desc
    limit 50
  `,
);

export type PoliciesRow = Pick<
  Community,
  | 'preModeration'
  | 'firstPostsCount'
  | 'firstPostsDays'
  | 'aliasesAllowed'
  | 'mentionsAllowed'
  | 'visitsAllowed'
  | 'sensitive'
>;

export const policies = statement<{ communityId: string }, PoliciesRow>(
  'communities.policies',
  `
    select pre_moderation as "preModeration", first_posts_count as "firstPostsCount",
      first_posts_days as "firstPostsDays", aliases_allowed as "aliasesAllowed",
      mentions_allowed as "mentionsAllowed", visits_allowed as "visitsAllowed", sensitive
    from communities
    where id = :communityId
  `,
);
