import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { PromptKind } from './prompts.dto.js';

/** A prompt, which opens a thread every week. */
@Entity('community_prompts')
@Check('community_prompts_body_check', 'length(body) between 1 and 4000')
@Check('community_prompts_hour_check', 'hour between 0 and 23')
@Check('community_prompts_kind_check', "kind in ('check-in', 'small-wins', 'gratitude')")
@Check('community_prompts_title_check', 'length(title) between 3 and 90')
@Check('community_prompts_weekday_check', 'weekday between 1 and 7')
@Unique(['communityId', 'kind'])
export class CommunityPrompt {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('communities', { onDelete: 'CASCADE' })
  communityId!: string;

  @Column({ type: 'text' })
  kind!: PromptKind;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  body!: string;

  @Column({ type: 'int' })
  weekday!: number;

  @Column({ type: 'int' })
  hour!: number;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  authorId!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  pausedAt!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
