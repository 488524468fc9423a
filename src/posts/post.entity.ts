import type { CaseTier } from '../triage/risk.js';
import type { HeldFor } from './hold-policy.js';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type PostStatus = 'published' | 'held' | 'hidden' | 'removed' | 'withdrawn';

/** An opening text or a reply. */
@Entity('posts')
export class Post {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ name: 'thread_id', type: 'bigint' })
  threadId!: string;

  /** Its place in the thread; 1 opens it. Never given twice. */
  @Column({ type: 'int' })
  number!: number;

  /** Never leaves the server where `aliasId` is set. */
  @Column({ name: 'author_id', type: 'bigint', nullable: true })
  authorId!: string | null;

  @Column({ name: 'alias_id', type: 'bigint', nullable: true })
  aliasId!: string | null;

  @Column({ type: 'text' })
  body!: string;

  @Column({ name: 'body_html', type: 'text' })
  bodyHtml!: string;

  @Column({ name: 'content_warnings', type: 'text', array: true })
  contentWarnings!: string[];

  @Column({ type: 'text' })
  summary!: string;

  @Column({ type: 'text' })
  status!: PostStatus;

  @Column({ name: 'name_detached', type: 'boolean' })
  nameDetached!: boolean;

  @Column({ type: 'text' })
  tier!: CaseTier;

  @Column({ name: 'held_for', type: 'text', nullable: true })
  heldFor!: HeldFor | null;

  @Column({ name: 'suggested_notes', type: 'text', array: true })
  suggestedNotes!: string[];

  @Column({ type: 'int' })
  version!: number;

  @Column({ name: 'edited_at', type: 'timestamptz', nullable: true })
  editedAt!: Date | null;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
