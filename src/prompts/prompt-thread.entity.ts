import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CommunityPrompt } from './community-prompt.entity.js';

/** The thread that a prompt opened on a given day. */
@Entity('prompt_threads')
export class PromptThread {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey(() => CommunityPrompt, { onDelete: 'CASCADE' })
  promptId!: string;

  @PrimaryColumn({ type: 'date' })
  day!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('threads', { onDelete: 'SET NULL' })
  threadId!: string | null;
}
