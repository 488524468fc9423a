import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A notice in a member's inbox. */
@Entity('notices')
@Unique(['memberId', 'postId', 'kind'])
@Index('notices_mail', ['mailAt'], { where: 'mail_at is not null' })
@Index('notices_member', { synchronize: false })
@Index('notices_subject', ['memberId', 'kind', 'subjectId'], {
  unique: true,
  where: 'subject_id is not null',
})
@Index('notices_unread', ['memberId'], { where: 'read_at is null' })
export class Notice {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('threads', { onDelete: 'CASCADE' })
  threadId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('posts', { onDelete: 'CASCADE' })
  postId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  readAt!: Date | null;

  @Column({ type: 'bigint', nullable: true })
  subjectId!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  mailAt!: Date | null;

  @Column({ type: 'bigint', nullable: true })
  mailId!: string | null;
}
