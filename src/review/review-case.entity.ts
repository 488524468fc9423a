import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { CaseTier, Signal } from '../triage/risk.js';

/** A subject that a moderator has to review. */
@Entity('review_cases')
@Check('review_cases_check', "kind <> 'post' or post_id is not null")
@Check('review_cases_check1', "kind <> 'member' or member_id is not null")
@Check('review_cases_check2', "kind <> 'strategy' or strategy_id is not null")
@Check('review_cases_check3', "kind <> 'appeal' or decision_id is not null")
@Check('review_cases_kind_check', "kind in ('post', 'member', 'strategy', 'appeal')")
@Check('review_cases_state_check', "state in ('open', 'closed')")
@Check('review_cases_tier_check', "tier in ('none', 'watch', 'urgent', 'crisis', 'unknown')")
@Index('review_cases_appeal', ['decisionId'], { unique: true, where: "kind = 'appeal'" })
@Index('review_cases_closed', ['closedAt'], { where: "state = 'closed'" })
@Index('review_cases_history', ['postId'])
@Index('review_cases_member', ['memberId'], {
  unique: true,
  where: "state = 'open' and kind = 'member'",
})
@Index('review_cases_past', { synchronize: false })
@Index('review_cases_post', ['postId'], { unique: true, where: "state = 'open' and kind = 'post'" })
@Index('review_cases_queue', ['dueAt', 'id'], { where: "state = 'open'" })
@Index('review_cases_signals', ['closedAt'], {
  where: "state = 'closed' and (signals <> '[]'::jsonb)",
})
@Index('review_cases_strategy', ['strategyId'], {
  unique: true,
  where: "state = 'open' and kind = 'strategy'",
})
@Index('review_cases_strategy_history', ['strategyId'])
export class ReviewCase {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text' })
  kind!: 'post' | 'member' | 'strategy' | 'appeal';

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('posts', { onDelete: 'CASCADE' })
  postId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('coping_strategies', { onDelete: 'CASCADE', name: 'review_cases_strategy_fk' })
  strategyId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('decisions', { onDelete: 'CASCADE' })
  decisionId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('communities', { onDelete: 'CASCADE' })
  communityId!: string | null;

  @Column({ type: 'text' })
  tier!: CaseTier;

  @Column({ type: 'jsonb', default: [] })
  signals!: Signal[];

  @Column({ type: 'text', nullable: true })
  rulesVersion!: string | null;

  @Column({ type: 'text', default: 'open' })
  state!: 'open' | 'closed';

  /** Somebody reported it, or a reason calls it an immediate danger. Set by triggers. */
  @Column({ type: 'boolean', default: false })
  isFlagged!: boolean;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  claimedBy!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  claimedUntil!: Date | null;

  @Column({ type: 'timestamptz' })
  dueAt!: Date;

  @Column({ type: 'timestamptz' })
  openedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  firstReadAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  outcome!: string | null;
}
