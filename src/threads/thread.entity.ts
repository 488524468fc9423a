import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A thread; its opening is post number 1. */
@Entity('threads')
@Check('threads_kind_check', "kind in ('support', 'question', 'experience', 'win')")
@Check('threads_reply_wish_check', "reply_wish in ('listen', 'experiences', 'advice')")
@Check('threads_slow_minutes_check', 'slow_minutes between 0 and 1440')
@Check(
  'threads_status_check',
  "status in ('published', 'held', 'hidden', 'removed', 'withdrawn', 'merged')",
)
@Check('threads_title_check', 'length(title) between 3 and 120')
@Index('threads_active', { synchronize: false })
@Index('threads_merged', ['mergedInto'], { where: 'merged_into is not null' })
@Index('threads_new', { synchronize: false })
@Index('threads_pinned', ['communityId'], { where: 'pinned_at is not null' })
@Index('threads_reopening', ['lockedUntil'], { where: 'locked_until is not null' })
@Index('threads_split', ['splitFrom'], { where: 'split_from is not null' })
@Index('threads_unanswered', ['communityId', 'createdAt', 'id'], {
  where: "status = 'published' and (reply_count = 0) and locked_at is null",
})
export class Thread {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('communities', { onDelete: 'CASCADE' })
  communityId!: string;

  @Column({ type: 'text' })
  title!: string;

  /** The author's title, while the opening is held, hidden or removed and `title` is neutral. */
  @Column({ type: 'text', nullable: true })
  withheldTitle!: string | null;

  @Column({ type: 'text' })
  kind!: 'support' | 'question' | 'experience' | 'win';

  @Column({ type: 'text' })
  replyWish!: 'listen' | 'experiences' | 'advice';

  @Column({ type: 'text', nullable: true })
  topic!: string | null;

  @Column({ type: 'text', default: 'published' })
  status!: 'published' | 'held' | 'hidden' | 'removed' | 'withdrawn' | 'merged';

  @Column({ type: 'timestamptz', nullable: true })
  pinnedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lockedAt!: Date | null;

  @Column({ type: 'int', default: 0 })
  replyCount!: number;

  /** Number of the next reply; incremented under a row lock. */
  @Column({ type: 'int', default: 2 })
  nextNumber!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  lastPostAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lockedUntil!: Date | null;

  @Column({ type: 'int', default: 0 })
  slowMinutes!: number;

  /** It was moved from a community in which search engines might not list it. */
  @Column({ type: 'boolean', default: false })
  unindexed!: boolean;

  /** The thread that its posts were split from. */
  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('threads', { onDelete: 'SET NULL' })
  splitFrom!: string | null;

  /** The thread that has its posts since they were merged; it has none of its own. */
  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('threads', { onDelete: 'SET NULL', deferrable: 'INITIALLY DEFERRED' })
  mergedInto!: string | null;

  /** Why a moderator split it off or merged it. */
  @Column({ type: 'text', default: '' })
  changeReason!: string;

  /** Whether it ever had anything of `ThreadExtras`. Set by triggers. */
  @Column({ type: 'boolean', default: false })
  hasExtras!: boolean;
}
