import { mustAcknowledge, type AccessibleCommunity } from './community-access.js';

/**
 * SQL: the guidelines that a viewer has not agreed to yet, as a column `rulesToAgree`.
 * @param community alias of the community in the query
 * @param agreed expression of the version that the viewer agreed to
 * @param viewer parameter with the viewer's id, null for guests
 */
export function rulesToAgree(community: string, agreed: string, viewer: string): string {
  return `case
    when ${viewer}::bigint is not null and coalesce(${agreed}, 0) < ${community}.guidelines_version
    then (
      select g.rules
      from community_guidelines g
      where g.community_id = ${community}.id and g.version = ${community}.guidelines_version
    ) end as "rulesToAgree"`;
}

/** The guidelines that an author must agree to in a form; null if there are none. */
export interface Agreement {
  rules: readonly string[];
  /** The author agreed to an earlier version. */
  changed: boolean;
  href: string;
}

export function agreementView(
  community: Pick<AccessibleCommunity, 'slug' | 'acknowledgedVersion' | 'rulesToAgree'> &
    Pick<AccessibleCommunity, 'guidelinesVersion'>,
): Agreement | null {
  if (!mustAcknowledge(community)) return null;
  return {
    rules: community.rulesToAgree ?? [],
    changed: community.acknowledgedVersion !== null,
    href: `/c/${community.slug}/guidelines`,
  };
}
