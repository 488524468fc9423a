import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type SiteRole = 'member' | 'moderator' | 'admin';

@Entity('members')
export class Member {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'citext' })
  handle!: string;

  @Column({ type: 'citext', nullable: true })
  email!: string | null;

  @Column({ name: 'email_verified_at', type: 'timestamptz', nullable: true })
  emailVerifiedAt!: Date | null;

  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash!: string | null;

  @Column({ type: 'text' })
  role!: SiteRole;

  @Column({ name: 'avatar_seed', type: 'text' })
  avatarSeed!: string;

  @Column({ type: 'text' })
  about!: string;

  @Column({ type: 'text', nullable: true })
  locale!: string | null;

  @Column({ type: 'text', nullable: true })
  country!: string | null;

  @Column({ name: 'time_zone', type: 'text', nullable: true })
  timeZone!: string | null;

  @Column({ name: 'age_confirmed_at', type: 'timestamptz', nullable: true })
  ageConfirmedAt!: Date | null;

  @Column({ name: 'guidelines_accepted_at', type: 'timestamptz', nullable: true })
  guidelinesAcceptedAt!: Date | null;

  @Column({ name: 'break_until', type: 'timestamptz', nullable: true })
  breakUntil!: Date | null;

  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
