import type { Readers } from '../content/visibility.js';
import { isLimited, type MaybeViewer } from '../http/viewer.js';
import type { ModeratedHours } from '../review/moderated-hours.js';

export const VISIBILITIES = ['public', 'members', 'approval', 'unlisted'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
/**
 * Alumni have left the struggle behind and look in; a health professional is one, and says so. Only
 * moderators may do more than members.
 */
export const COMMUNITY_ROLES = [
  'member',
  'alumni',
  'professional',
  'supporter',
  'moderator',
] as const;
export type CommunityRole = (typeof COMMUNITY_ROLES)[number];

/** What has to be known of a community to say who may do what in it. */
export interface AccessibleCommunity {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly archived: boolean;
  readonly aliasesAllowed: boolean;
  readonly sensitive: boolean;
  readonly topics: string[];
  readonly hours: ModeratedHours;
  readonly guidelinesVersion: number;
  /** The newest guidelines that the viewer said yes to. */
  readonly acknowledgedVersion: number | null;
  /**
   * The viewer's place in it; null for guests, for visitors and for members of other communities.
   */
  readonly role: CommunityRole | null;
  /** Until when the viewer visits; null for everybody else. */
  readonly visitUntil: Date | null;
  readonly visitsAllowed: boolean;
  /** Since when search engines may list its new threads; null where they are asked to stay out. */
  readonly searchEnginesSince: Date | null;
}

function belongs(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return (
    viewer !== null &&
    viewer.suspendedUntil === null &&
    (community.role !== null || community.visitUntil !== null || viewer.role !== 'member')
  );
}

/** Threads of a public community are everybody's to read; all others belong to their members. */
export function canRead(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return community.visibility === 'public' || belongs(viewer, community);
}

/**
 * Writing takes a membership and a community that is not archived; the address must be verified.
 */
export function canPost(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return (
    viewer !== null &&
    viewer.verified &&
    !isLimited(viewer) &&
    community.role !== null &&
    !community.archived
  );
}

/** Before the first post, and again when they change, the guidelines are read and agreed to. */
export function mustAcknowledge(
  community: Pick<AccessibleCommunity, 'acknowledgedVersion' | 'guidelinesVersion'>,
): boolean {
  return (community.acknowledgedVersion ?? 0) < community.guidelinesVersion;
}

/**
 * A place to look round from: where nobody has to be asked, and for those who have no place yet.
 */
export function canVisit(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return (
    viewer !== null &&
    community.role === null &&
    community.visitsAllowed &&
    !community.archived &&
    (community.visibility === 'public' || community.visibility === 'members')
  );
}

export function canModerate(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return viewer !== null && (viewer.role !== 'member' || community.role === 'moderator');
}

/** Who can read a thread that is begun now. */
export function readersOfNew(community: AccessibleCommunity): Readers {
  if (community.visibility === 'members' && community.visitsAllowed) return 'visitors';
  if (community.visibility !== 'public') return 'members';
  return community.searchEnginesSince === null ? 'everybody' : 'search-engines';
}
