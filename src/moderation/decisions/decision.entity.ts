import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Action } from '../core/actions.js';

/** A moderator's decision in a case, with its statement of reasons. */
@Entity('decisions')
@Check(
  'decisions_action_check',
  `action in ('dismiss', 'publish', 'add-warning', 'fold', 'limit', 'hide', 'remove', 'return',
    'move', 'lock', 'warn', 'suspend', 'reach-out', 'escalate')`,
)
@Index('decisions_case', ['caseId'])
@Index('decisions_member', { synchronize: false })
export class Decision {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text', unique: true })
  number!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('review_cases', { onDelete: 'CASCADE' })
  caseId!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('posts', { onDelete: 'SET NULL' })
  postId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  memberId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  actorId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  secondId!: string | null;

  @Column({ type: 'text' })
  action!: Action;

  @Column({ type: 'text', default: '' })
  rule!: string;

  @Column({ type: 'text', default: '' })
  reason!: string;

  @Column({ type: 'jsonb', default: {} })
  detail!: Record<string, unknown>;

  @Column({ type: 'text' })
  foundBy!: string;

  @Column({ type: 'timestamptz', nullable: true })
  endsAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  reversedAt!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
