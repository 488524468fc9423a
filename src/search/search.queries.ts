import { joinMembership, mayRead } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

export interface NamedPlace {
  slug: string;
  name: string;
}

/**
 * Where one may look: communities the viewer belongs to, and the one that was asked for. $1 viewer,
 * $2 staff, $3 slug or ''
 */
export const searchPlaces = statement<NamedPlace>(
  'search.places',
  `select c.slug, c.name from communities c ${joinMembership('c', 'm', '$1')}
   where ${mayRead('c', 'm', '$2')} and (m.member_id is not null or c.slug = $3)
   order by c.name
   limit 100`,
);
