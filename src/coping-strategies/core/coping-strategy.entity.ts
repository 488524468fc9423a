import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * A coping strategy of the library, from a pack or suggested by a member.
 * PostgreSQL computes tags, words, search_words; no write names them.
 */
@Entity('coping_strategies')
@Check('coping_strategies_credit_check', 'length(credit) <= 60')
@Check('coping_strategies_credit_from_check', "credit_from in ('pack', 'handle', 'alias')")
@Check('coping_strategies_energy_check', "energy in ('low', 'some', 'more')")
@Check('coping_strategies_fits_check', 'length(fits) <= 400')
@Check('coping_strategies_fits_not_check', 'length(fits_not) <= 400')
@Check('coping_strategies_language_check', "language ~ '^[a-z]{2}$'")
@Check('coping_strategies_minutes_check', 'minutes between 1 and 240')
@Check('coping_strategies_moderator_note_check', 'length(moderator_note) <= 2000')
@Check('coping_strategies_name_check', 'length(name) between 3 and 80')
@Check('coping_strategies_origin_check', "origin in ('peer', 'charity', 'clinical')")
@Check('coping_strategies_slug_check', "slug ~ '^[a-z0-9][a-z0-9-]{1,79}$'")
@Check('coping_strategies_source_name_check', 'length(source_name) <= 120')
@Check(
  'coping_strategies_source_url_check',
  "source_url = '' or ((source_url ~ '^https://[^[:space:]]+$') and (length(source_url) <= 300))",
)
@Check('coping_strategies_stable_id_check', "stable_id ~ '^[a-z0-9][a-z0-9.:-]{2,99}$'")
@Check(
  'coping_strategies_status_check',
  "status in ('draft', 'proposed', 'published', 'declined', 'withdrawn')",
)
@Check('coping_strategies_steps_check', 'cardinality(steps) between 1 and 12')
@Check('coping_strategies_summary_check', 'length(summary) between 3 and 240')
@Check('coping_strategies_version_check', 'version > 0')
@Check('coping_strategies_withdrawn_by_check', "withdrawn_by in ('author', 'staff')")
@Index('coping_strategies_idempotency', ['memberId', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key is not null',
})
@Index('coping_strategies_listed', ['minutes', 'id'], { where: "status = 'published'" })
@Index('coping_strategies_member', ['memberId'])
@Index('coping_strategies_search', { synchronize: false })
@Index('coping_strategies_source_post', ['sourcePostId'])
@Index('coping_strategies_status', ['status', 'id'], { where: "status <> 'published'" })
@Index('coping_strategies_tags', { synchronize: false })
@Index('coping_strategies_translation', ['translationOf'])
@Index('coping_strategies_words', { synchronize: false })
export class CopingStrategy {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text', unique: true })
  stableId!: string;

  @Column({ type: 'text', unique: true })
  slug!: string;

  @Column({ type: 'text', default: 'en' })
  language!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  summary!: string;

  @Column({ type: 'text', array: true })
  steps!: string[];

  @Column({ type: 'text', default: '' })
  fits!: string;

  @Column({ type: 'text', default: '' })
  fitsNot!: string;

  @Column({ type: 'int' })
  minutes!: number;

  @Column({ type: 'text' })
  energy!: string;

  @Column({ type: 'text', array: true, default: [] })
  needs!: string[];

  @Column({ type: 'text', array: true, default: [] })
  kinds!: string[];

  @Column({ type: 'text', array: true, default: [] })
  places!: string[];

  @Column({ type: 'text', array: true, default: [] })
  times!: string[];

  @Column({ type: 'text', array: true, default: [] })
  challenges!: string[];

  @Column({ type: 'text' })
  origin!: string;

  @Column({ type: 'text', default: '' })
  sourceName!: string;

  @Column({ type: 'text', default: '' })
  sourceUrl!: string;

  @Column({ type: 'date', nullable: true })
  reviewedOn!: string | null;

  @Column({ type: 'text', default: 'CC-BY-4.0' })
  licence!: string;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey(() => CopingStrategy, { onDelete: 'SET NULL' })
  translationOf!: string | null;

  @Column({ type: 'int', nullable: true })
  translatedVersion!: number | null;

  @Column({ type: 'text', default: 'draft' })
  status!: 'draft' | 'proposed' | 'published' | 'declined' | 'withdrawn';

  @Column({ type: 'text', nullable: true })
  withdrawnBy!: 'author' | 'staff' | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  memberId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('posts', { onDelete: 'SET NULL' })
  sourcePostId!: string | null;

  @Column({ type: 'text', default: '' })
  credit!: string;

  @Column({ type: 'text', default: 'pack' })
  creditFrom!: 'pack' | 'handle' | 'alias';

  @Column({ type: 'text', default: '' })
  moderatorNote!: string;

  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
