import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Community } from './community.entity.js';

/** A moderator's answer to a request to join or to become a supporter. */
@Entity('member_answers')
@Check('member_answers_about_check', "about in ('join', 'supporter')")
@Check('member_answers_words_check', 'length(words) <= 1000')
@Index('member_answers_member', ['memberId'])
export class MemberAnswer {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'bigint' })
  @ForeignKey(() => Community, { onDelete: 'CASCADE' })
  communityId!: string;

  @Column({ type: 'text' })
  about!: 'join' | 'supporter';

  @Column({ type: 'boolean' })
  accepted!: boolean;

  @Column({ type: 'text', default: '' })
  words!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
