import { joinMembership, mayRead } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

export interface SearchableCommunity {
  slug: string;
  name: string;
}

/** Communities for the filter: those of the viewer, and the one with `slug` if readable. */
export const searchableCommunities = statement<
  { viewerId: string | null; isStaff: boolean; slug: string },
  SearchableCommunity
>(
  'search.communities',
  `
    select c.slug, c.name
    from communities c
    ${joinMembership('c', 'm', ':viewerId')}
    where ${mayRead('c', 'm', ':isStaff')}
      and (m.member_id is not null or c.slug = :slug)
    order by c.name
    limit 100
  `,
);
