import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A member's alias in one thread. */
@Entity('thread_aliases')
@Unique(['threadId', 'memberId'])
@Unique(['threadId', 'name'])
@Index('thread_aliases_member', ['memberId'])
export class ThreadAlias {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('threads', { onDelete: 'CASCADE' })
  threadId!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  memberId!: string | null;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  avatarSeed!: string;
}
