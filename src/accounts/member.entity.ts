import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** `communities`: members of any community that the member belongs to. */
export const AUDIENCES = ['members', 'communities', 'nobody'] as const;
export type Audience = (typeof AUDIENCES)[number];

export type SiteRole = 'member' | 'moderator' | 'admin';

/** An account and its owner's profile. */
@Entity('members')
@Check('members_about_check', 'length(about) <= 2000')
@Check(
  'members_closing_whole',
  `(closing_at is null) = (closing_words is null)
    and (closing_at is null) = (closing_asked_at is null)`,
)
@Check('members_about_audience_check', "about_audience in ('members', 'communities', 'nobody')")
@Check('members_closing_words_check', "closing_words in ('erase', 'leave')")
@Check('members_country_check', "country ~ '^[A-Z]{2}$'")
@Check('members_handle_check', "handle ~ '^[a-zA-Z][a-zA-Z0-9-]{2,23}$'::citext")
@Check('members_mail_safe_check', "mail_safe in ('yes', 'no')")
@Check('members_role_check', "role in ('member', 'moderator', 'admin')")
@Check('members_since_audience_check', "since_audience in ('members', 'communities', 'nobody')")
@Index('members_closing', ['closingAt'], { where: 'closing_at is not null' })
// The index is on a generated column.
@Index('members_handle_skeleton', { synchronize: false })
@Index('members_unconfirmed', ['confirmBy'], {
  where: 'confirm_by is not null and email_verified_at is null',
})
export class Member {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'citext', unique: true })
  handle!: string;

  /** The handle resembles an older one, from before skeletons were compared. */
  @Column({ type: 'boolean', default: false })
  resemblesOlder!: boolean;

  @Column({ type: 'citext', nullable: true, unique: true })
  email!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  emailVerifiedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  passwordHash!: string | null;

  @Column({ type: 'text', default: 'member' })
  role!: SiteRole;

  @Column({ type: 'text' })
  avatarSeed!: string;

  @Column({ type: 'text', default: '' })
  about!: string;

  /** Who can read the profile text. */
  @Column({ type: 'text', default: 'members' })
  aboutAudience!: Audience;

  /** Who can see when the member joined. */
  @Column({ type: 'text', default: 'members' })
  sinceAudience!: Audience;

  @Column({ type: 'text', nullable: true })
  locale!: string | null;

  @Column({ type: 'text', nullable: true })
  country!: string | null;

  @Column({ type: 'text', nullable: true })
  timeZone!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  ageConfirmedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  guidelinesAcceptedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  breakUntil!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  suspendedUntil!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  readOnlyUntil!: Date | null;

  /** Whether nobody else reads the mailbox; null if not answered. */
  @Column({ type: 'text', nullable: true })
  mailSafe!: 'yes' | 'no' | null;

  @Column({ type: 'timestamptz', nullable: true })
  mailSafeAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  memorialAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closingAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closingAskedAt!: Date | null;

  /** What happens to the posts when the account is closed. */
  @Column({ type: 'text', nullable: true })
  closingWords!: 'erase' | 'leave' | null;

  /** If the address is not confirmed by then, the account is deleted. */
  @Column({ type: 'timestamptz', nullable: true })
  confirmBy!: Date | null;

  /** When the first second factor was added; null if there is none. */
  @Column({ type: 'timestamptz', nullable: true })
  secondFactorSince!: Date | null;

  /** Until when a moderator may continue without a second factor. */
  @Column({ type: 'timestamptz', nullable: true })
  secondFactorBy!: Date | null;

  /**
   * Whether they ever blocked somebody, muted a word or a thread, or chose for content notes. Set by
   * triggers.
   */
  @Column({ type: 'boolean', default: false })
  hasFilters!: boolean;
}
