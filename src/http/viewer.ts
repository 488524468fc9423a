/** Who is looking. Handed to every service as a parameter. */
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
  /** Unread notices, for the header. */
  readonly unread: number;
  /** On a break until then: no mail, no notices, not shown. */
  readonly breakUntil: Date | null;
  /** Staff, or moderator of a community. */
  readonly moderates: boolean;
  /** May read and not write until then. */
  readonly readOnlyUntil: Date | null;
  /**
   * Away until then from what members have; what keeps somebody safe and what is theirs stays open.
   */
  readonly suspendedUntil: Date | null;
  /** A moderator without a second factor, who can still moderate until then. */
  readonly secondFactorBy: Date | null;
  /** A moderator who moderates nothing before a second factor is added. */
  readonly needsSecondFactor: boolean;
  /** Logged in, or entered the password again, within the last ten minutes. */
  readonly reauthenticated: boolean;
  /** On a device that others use too: neutral titles, a short session, a locked private area. */
  readonly sharedDevice: boolean;
}

export type MaybeViewer = Viewer | null;

export function isStaff(viewer: MaybeViewer): boolean {
  return viewer !== null && viewer.role !== 'member';
}

/**
 * Whether the viewer may use the rights that they have as a moderator somewhere: not while the
 * account is suspended, and not before a second factor is set up.
 */
export function mayModerate(viewer: MaybeViewer): viewer is Viewer {
  return (
    viewer !== null &&
    viewer.moderates &&
    viewer.suspendedUntil === null &&
    !viewer.needsSecondFactor
  );
}

/** May not write anything new: read-only, or away altogether. */
export function isLimited(viewer: MaybeViewer): boolean {
  return viewer !== null && (viewer.readOnlyUntil !== null || viewer.suspendedUntil !== null);
}
