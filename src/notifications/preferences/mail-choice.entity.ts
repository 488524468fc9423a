import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Frequency } from './mail-choices.js';
import type { MailKind } from './notice-kinds.js';

/** How often a member is emailed about a kind of notice, in all communities or in one. */
@Entity('mail_choices')
@Check('mail_choices_frequency_check', "frequency in ('at-once', 'daily', 'weekly', 'never')")
@Check('mail_choices_kind_check', "kind in ('reply', 'follow', 'thread', 'team', 'own', 'mention')")
@Unique(['memberId', 'kind', 'communityId'])
@Index('mail_choices_at_once', ['memberId'], {
  where: "kind = 'thread' and frequency = 'at-once'",
})
@Index('mail_choices_community', ['communityId'], { where: 'community_id is not null' })
export class MailChoice {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  /** Null for the choice about all communities; the unique constraint treats nulls as equal. */
  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('communities', { onDelete: 'CASCADE' })
  communityId!: string | null;

  @Column({ type: 'text' })
  kind!: MailKind;

  @Column({ type: 'text' })
  frequency!: Frequency;
}
