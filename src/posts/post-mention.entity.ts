import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A member whom a post mentions. */
@Entity('post_mentions')
@Index('post_mentions_member', ['memberId'])
export class PostMention {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('posts', { onDelete: 'CASCADE' })
  postId!: string;

  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
