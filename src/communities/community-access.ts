import type { Readers } from '../content/visibility.js';
import { isLimited, mayModerate, type MaybeViewer } from '../http/viewer.js';
import { Forbidden, NotFound, SecondFactorMissing } from '../kernel/errors.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import type { ReplyPromise } from './reply-promise.js';

/** The visibilities of communities that appear in lists. */
export const LISTED_VISIBILITIES = ['public', 'members', 'approval'] as const;
export const VISIBILITIES = [...LISTED_VISIBILITIES, 'unlisted'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
/**
 * Alumni have recovered; professionals work in health care. Both are labels: only moderators have
 * more rights than members.
 */
export const COMMUNITY_ROLES = [
  'member',
  'alumni',
  'professional',
  'supporter',
  'moderator',
] as const;
export type CommunityRole = (typeof COMMUNITY_ROLES)[number];

/** A community, with the facts about the viewer that the access rules need. */
export interface AccessibleCommunity {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly archived: boolean;
  readonly aliasesAllowed: boolean;
  readonly pollsAllowed: boolean;
  readonly sensitive: boolean;
  readonly topics: string[];
  readonly hours: ModeratedHours;
  readonly guidelinesVersion: number;
  /** The newest version of the guidelines that the viewer agreed to. */
  readonly acknowledgedVersion: number | null;
  /** The guidelines, if the viewer has not agreed to the current version; otherwise null. */
  readonly rulesToAgree: string[] | null;
  readonly mentionsAllowed: boolean;
  /** The viewer's role; null for guests, visitors and members of other communities. */
  readonly role: CommunityRole | null;
  /** The end of the viewer's visit; null if they are not visiting. */
  readonly visitUntil: Date | null;
  readonly visitsAllowed: boolean;
  /** Search engines may index threads opened since then; null to exclude them. */
  readonly searchEnginesSince: Date | null;
  readonly promise: ReplyPromise;
}

function belongs(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return (
    viewer !== null &&
    viewer.suspendedUntil === null &&
    (community.role !== null || community.visitUntil !== null || viewer.role !== 'member')
  );
}

/** Everybody can read a public community; others are readable by members, visitors and staff. */
export function canRead(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return community.visibility === 'public' || belongs(viewer, community);
}

/** Why somebody may not post in a community; the last part of a message key. */
export type PostObstacle = 'sign-in' | 'archived' | 'limited' | 'join' | 'verify';

/**
 * Posting requires a membership, a verified address, and a community that is not archived.
 * @returns null if the viewer may post
 */
export function postObstacle(
  viewer: MaybeViewer,
  community: AccessibleCommunity,
): PostObstacle | null {
  if (viewer === null) return 'sign-in';
  if (community.archived) return 'archived';
  if (isLimited(viewer)) return 'limited';
  if (community.role === null) return 'join';
  return viewer.verified ? null : 'verify';
}

/**
 * Rejects a new thread of somebody who may not post.
 * @throws NotFound for an unlisted community that the viewer cannot read
 * @throws Forbidden with the reason
 */
export function requireCanPost(viewer: MaybeViewer, community: AccessibleCommunity): void {
  const obstacle = postObstacle(viewer, community);
  if (obstacle === null) return;
  if (!canRead(viewer, community) && community.visibility === 'unlisted') throw new NotFound();
  throw new Forbidden(`threads.hindrance.${obstacle}`);
}

export function canPost(viewer: MaybeViewer, community: AccessibleCommunity): boolean {
  return postObstacle(viewer, community) === null;
}

/**
 * Whether the member must agree to the guidelines: before the first post, and after each change.
 */
export function mustAcknowledge(
  community: Pick<AccessibleCommunity, 'acknowledgedVersion' | 'guidelinesVersion'>,
): boolean {
  return (community.acknowledgedVersion ?? 0) < community.guidelinesVersion;
}

/** Visits are for accounts that have not joined, in communities that need no approval. */
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
  return mayModerate(viewer) && (viewer.role !== 'member' || community.role === 'moderator');
}

/**
 * @throws SecondFactorMissing for a moderator without one
 * @throws NotFound for everybody who does not moderate the community
 */
export function requireModerator(viewer: MaybeViewer, community: AccessibleCommunity): void {
  if (canModerate(viewer, community)) return;
  const lacksFactor = viewer?.needsSecondFactor === true && community.role === 'moderator';
  throw lacksFactor ? new SecondFactorMissing() : new NotFound();
}

/** Who can read a thread that is opened now. */
export function readersOfNew(community: AccessibleCommunity): Readers {
  if (community.visibility === 'members' && community.visitsAllowed) return 'visitors';
  if (community.visibility !== 'public') return 'members';
  return community.searchEnginesSince === null ? 'everybody' : 'search-engines';
}
