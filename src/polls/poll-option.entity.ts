import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Poll } from './poll.entity.js';

/** An option of a poll. */
@Entity('poll_options')
@Check('poll_options_position_check', 'position between 1 and 8')
@Check('poll_options_text_check', 'length(text) between 1 and 100')
@Unique(['pollId', 'position'])
export class PollOption {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey(() => Poll, { onDelete: 'CASCADE' })
  pollId!: string;

  @Column({ type: 'int' })
  position!: number;

  @Column({ type: 'text' })
  text!: string;
}
