import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PollOption } from './poll-option.entity.js';

/** A vote. The voter is stored so that the vote can be changed, and is shown to nobody else. */
@Entity('poll_votes')
@Index('poll_votes_member', ['memberId'])
export class PollVote {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey(() => PollOption, { onDelete: 'CASCADE' })
  optionId!: string;

  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'timestamptz' })
  votedAt!: Date;
}
