import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ThreadAlias } from './thread-alias.entity.js';
import type { Ending } from '../content/content-notes.js';
import type { CaseTier } from '../triage/risk.js';
import type { HeldFor } from './hold-policy.js';

export type PostStatus = 'published' | 'held' | 'hidden' | 'removed' | 'withdrawn';

/** A post: the opening of a thread, or a reply. */
@Entity('posts')
@Check('posts_ending_check', "ending in ('', 'hopeful', 'open')")
@Check(
  'posts_held_for_check',
  "held_for in ('first-post', 'pre-moderation', 'detail', 'crisis', 'rule', 'returned', 'mail', 'resubmitted')",
)
@Check('posts_language_check', "language ~ '^[a-z]{2}$'")
@Check('posts_number_check', 'number > 0')
@Check('posts_status_check', "status in ('published', 'held', 'hidden', 'removed', 'withdrawn')")
@Check('posts_summary_check', 'length(summary) <= 160')
@Check('posts_tier_check', "tier in ('none', 'watch', 'urgent', 'crisis', 'unknown')")
@Unique(['threadId', 'number'])
@Index('posts_author', { synchronize: false })
@Index('posts_author_in_thread', ['threadId', 'authorId'])
@Index('posts_held', ['authorId'], { where: "status = 'held'" })
@Index('posts_held_until', ['heldUntil'], { where: "status = 'held' and held_until is not null" })
@Index('posts_idempotency', ['authorId', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key is not null',
})
@Index('posts_updates', ['threadId', 'number'], { where: 'is_update' })
@Index('posts_tiers', ['createdAt'], { where: "tier <> 'none'" })
export class Post {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('threads', { onDelete: 'CASCADE' })
  threadId!: string;

  /** Number within the thread; 1 is the opening. Never reused. */
  @Column({ type: 'int' })
  number!: number;

  /** Never shown to others if `aliasId` is set. */
  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  authorId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey(() => ThreadAlias)
  aliasId!: string | null;

  @Column({ type: 'int', nullable: true })
  replyToNumber!: number | null;

  @Column({ type: 'text' })
  body!: string;

  @Column({ type: 'text' })
  bodyHtml!: string;

  @Column({ type: 'text', array: true, default: [] })
  contentWarnings!: string[];

  @Column({ type: 'text', default: '' })
  summary!: string;

  /** Shown with the content notes; '' if the author did not say. */
  @Column({ type: 'text', default: '' })
  ending!: Ending;

  /** A reply in which the thread's author says how things went. */
  @Column({ type: 'boolean', default: false })
  isUpdate!: boolean;
  /** ISO 639-1, chosen by the author or detected; null if unknown. */
  @Column({ type: 'text', nullable: true })
  language!: string | null;

  @Column({ type: 'text', default: 'published' })
  status!: PostStatus;

  @Column({ type: 'boolean', default: false })
  nameDetached!: boolean;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  @Column({ type: 'int', default: 0 })
  sameBoat!: number;

  @Column({ type: 'int', default: 0 })
  withYou!: number;

  @Column({ type: 'int', default: 0 })
  thankYou!: number;

  @Column({ type: 'int', default: 0 })
  helped!: number;

  @Column({ type: 'timestamptz', nullable: true })
  editedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'text', default: 'none' })
  tier!: CaseTier;

  @Column({ type: 'text', nullable: true })
  heldFor!: HeldFor | null;

  @Column({ type: 'timestamptz', nullable: true })
  heldAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  heldUntil!: Date | null;

  @Column({ type: 'boolean', default: false })
  membersOnly!: boolean;

  @Column({ type: 'boolean', default: false })
  folded!: boolean;

  @Column({ type: 'text', array: true, default: [] })
  addedNotes!: string[];

  @Column({ type: 'text', array: true, default: [] })
  suggestedNotes!: string[];

  /** Whether it ever quoted another post. Set by a trigger. */
  @Column({ type: 'boolean', default: false })
  hasQuotes!: boolean;

  /** Whether a strategy was ever linked to it, or proposed for it. Set by a trigger. */
  @Column({ type: 'boolean', default: false })
  hasStrategies!: boolean;
}
