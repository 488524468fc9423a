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
}

export type MaybeViewer = Viewer | null;

export function isStaff(viewer: MaybeViewer): boolean {
  return viewer !== null && viewer.role !== 'member';
}
