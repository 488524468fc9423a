import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn } from 'typeorm';

/** The poll of a thread. */
@Entity('polls')
@Check('polls_check', "results = 'voted' or closes_at is not null")
@Check('polls_question_check', 'length(question) between 1 and 160')
@Check('polls_results_check', "results in ('voted', 'closed')")
export class Poll {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint', unique: true })
  @ForeignKey('threads', { onDelete: 'CASCADE' })
  threadId!: string;

  @Column({ type: 'text' })
  question!: string;

  /** Whether more than one option can be chosen. */
  @Column({ type: 'boolean' })
  several!: boolean;

  /** When members see the result: after voting, or once the poll is closed. */
  @Column({ type: 'text' })
  results!: 'voted' | 'closed';

  @Column({ type: 'timestamptz', nullable: true })
  closesAt!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
