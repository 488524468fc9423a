import { joinMembership, mayRead } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

export interface NamedPlace {
  slug: string;
  name: string;
}

/** Where one may look: communities the viewer belongs to, and the one that was asked for. */
export const searchPlaces = statement<
  { viewerId: string | null; isStaff: boolean; slug: string },
  NamedPlace
>(
  'search.places',
  `select c.slug, c.name from communities c ${joinMembership('c', 'm', ':viewerId')}
   where ${mayRead('c', 'm', ':isStaff')} and (m.member_id is not null or c.slug = :slug)
   order by c.name
   limit 100`,
);
