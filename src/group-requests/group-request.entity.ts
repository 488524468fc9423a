import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A member's request for a group, with the answer. */
@Entity('group_requests')
@Check('group_requests_answer_check', 'length(answer) <= 2000')
@Check('group_requests_check', '(outcome is null) = (answered_at is null)')
@Check('group_requests_outcome_check', "outcome in ('opened', 'later', 'no', 'elsewhere')")
@Check('group_requests_why_check', 'length(why) <= 2000')
@Check('group_requests_wish_check', 'length(wish) between 1 and 200')
@Index('group_requests_member', { synchronize: false })
@Index('group_requests_open', ['createdAt', 'id'], { where: 'answered_at is null' })
export class GroupRequest {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text' })
  wish!: string;

  @Column({ type: 'text', default: '' })
  why!: string;

  @Column({ type: 'text', nullable: true })
  outcome!: 'opened' | 'later' | 'no' | 'elsewhere' | null;

  @Column({ type: 'text', default: '' })
  answer!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  answeredBy!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
