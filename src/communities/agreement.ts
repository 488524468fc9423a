import { mustAcknowledge, type AccessibleCommunity } from './community-access.js';

/**
 * The guidelines that a viewer has yet to agree to, as a column `rulesToAgree`.
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

/** What a form shows with the guidelines that its writer has yet to agree to; null for none. */
export interface Agreement {
  rules: readonly string[];
  /** The writer agreed to an earlier version. */
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
