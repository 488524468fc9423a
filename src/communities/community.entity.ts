import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Visibility } from './community-access.js';
import type { ModeratedHours } from '../review/moderated-hours.js';

/**
 * A community, with its moderation settings and list counters. search_words is a generated column,
 * so no write includes it.
 */
@Entity('communities')
@Check('communities_first_posts_count_check', 'first_posts_count between 1 and 50')
@Check('communities_first_posts_days_check', 'first_posts_days between 1 and 365')
@Check('communities_hold_on_shift_check', "hold_on_shift in ('none', 'crisis', 'urgent')")
@Check('communities_hold_outside_check', "hold_outside in ('none', 'crisis', 'urgent', 'watch')")
@Check('communities_moderators_after_hours_check', 'moderators_after_hours between 1 and 720')
@Check('communities_name_check', 'length(name) between 2 and 80')
@Check('communities_pre_moderation_check', "pre_moderation in ('none', 'first-posts', 'all')")
@Check('communities_search_engines_open', "search_engines_since is null or visibility = 'public'")
@Check('communities_slug_check', "slug ~ '^[a-z0-9][a-z0-9-]{1,48}$'")
@Check('communities_summary_check', 'length(summary) <= 200')
@Check('communities_supporters_after_hours_check', 'supporters_after_hours between 1 and 720')
@Check(
  'communities_visibility_check',
  "visibility in ('public', 'members', 'approval', 'unlisted')",
)
@Index('communities_search', { synchronize: false })
export class Community {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text', unique: true })
  slug!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  summary!: string;

  @Column({ type: 'text', default: '' })
  purpose!: string;

  @Column({ type: 'text', default: '' })
  purposeHtml!: string;

  @Column({ type: 'text', default: '' })
  welcome!: string;

  @Column({ type: 'text', default: '' })
  welcomeHtml!: string;

  @Column({ type: 'text', default: 'members' })
  visibility!: Visibility;

  @Column({ type: 'text', nullable: true })
  joinQuestion!: string | null;

  @Column({ type: 'text', default: 'en' })
  language!: string;

  @Column({ type: 'text', array: true, default: [] })
  topics!: string[];

  @Column({ type: 'boolean', default: false })
  sensitive!: boolean;

  @Column({ type: 'boolean', default: true })
  aliasesAllowed!: boolean;

  @Column({ type: 'boolean', default: false })
  mentionsAllowed!: boolean;

  @Column({ type: 'boolean', default: false })
  pollsAllowed!: boolean;

  @Column({ type: 'text', default: 'none' })
  preModeration!: 'none' | 'first-posts' | 'all';

  @Column({ type: 'jsonb', default: { weekly: [], outside: '', timeZone: 'Europe/London' } })
  hours!: ModeratedHours;

  @Column({ type: 'int', default: 1 })
  guidelinesVersion!: number;

  @Column({ type: 'int', default: 0 })
  memberCount!: number;

  @Column({ type: 'int', default: 0 })
  threadCount!: number;

  @Column({ type: 'timestamptz', nullable: true })
  lastPostAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  archivedAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'text', default: 'crisis' })
  holdOnShift!: 'none' | 'crisis' | 'urgent';

  @Column({ type: 'text', default: 'crisis' })
  holdOutside!: 'none' | 'crisis' | 'urgent' | 'watch';

  @Column({ type: 'int', default: 3 })
  firstPostsCount!: number;

  @Column({ type: 'int', nullable: true })
  firstPostsDays!: number | null;

  @Column({ type: 'int', default: 12 })
  supportersAfterHours!: number;

  @Column({ type: 'int', default: 24 })
  moderatorsAfterHours!: number;

  @Column({ type: 'text', array: true, default: [] })
  difficulties!: string[];

  @Column({ type: 'text', array: true, default: [] })
  situations!: string[];

  @Column({ type: 'text', array: true, default: [] })
  formats!: string[];

  @Column({ type: 'boolean', default: true })
  visitsAllowed!: boolean;

  /** Part of the URL on its referral card. TypeORM compares defaults without their casts. */
  @Column({
    type: 'text',
    unique: true,
    default: () => "substr(replace((gen_random_uuid()), '-', ''), 1, 10)",
  })
  cardCode!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('threads', { onDelete: 'SET NULL' })
  orientationThreadId!: string | null;

  /** Written by a trigger and read by the finder. */
  @Column({ type: 'tsvector', default: '', select: false, insert: false, update: false })
  finderWords!: string;

  /** Search engines may index threads opened since then; null to exclude them. */
  @Column({ type: 'timestamptz', nullable: true })
  searchEnginesSince!: Date | null;
}
