/** The person who makes the request; passed to every service as a parameter. */
export interface Viewer {
  readonly memberId: string;
  readonly handle: string;
  readonly role: 'member' | 'moderator' | 'admin';
  readonly avatarSeed: string;
  readonly verified: boolean;
  readonly locale: string | null;
  readonly country: string | null;
  readonly timeZone: string | null;
  readonly sessionId: string;
  /** Number of unread notices, for the header. */
  readonly unread: number;
  /** On a break until then: no emails, no notices, hidden from others. */
  readonly breakUntil: Date | null;
  /** Site staff, or moderator of a community. */
  readonly moderates: boolean;
  /** Read-only until then. */
  readonly readOnlyUntil: Date | null;
  /**
   * Suspended until then: no member features, except what keeps people safe and access to their own
   * data.
   */
  readonly suspendedUntil: Date | null;
  /** For a moderator without a second factor: until when they can still moderate. */
  readonly secondFactorBy: Date | null;
  /** Whether a moderator must add a second factor before moderating anything. */
  readonly needsSecondFactor: boolean;
  /** Whether they logged in or confirmed the password within the last ten minutes. */
  readonly reauthenticated: boolean;
  /**
   * Whether other people use the device too: neutral titles, a short session, a locked private
   * area.
   */
  readonly sharedDevice: boolean;
  /**
   * Whether they may have blocked somebody, muted a word or a thread, or chosen for content notes;
   * if not, nothing is filtered for them.
   */
  readonly hasFilters: boolean;
}

export type MaybeViewer = Viewer | null;

export function isStaff(viewer: MaybeViewer): boolean {
  return viewer !== null && viewer.role !== 'member';
}

/**
 * Whether the viewer may use moderator rights at all: not while suspended, and not before a second
 * factor is set up.
 */
export function mayModerate(viewer: MaybeViewer): viewer is Viewer {
  return (
    viewer !== null &&
    viewer.moderates &&
    viewer.suspendedUntil === null &&
    !viewer.needsSecondFactor
  );
}

export function isSuspended(viewer: MaybeViewer): boolean {
  return viewer !== null && viewer.suspendedUntil !== null;
}

/** Whether the viewer must not write anything new: read-only or suspended. */
export function isLimited(viewer: MaybeViewer): boolean {
  return viewer !== null && (viewer.readOnlyUntil !== null || viewer.suspendedUntil !== null);
}
