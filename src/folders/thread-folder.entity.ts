import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A folder of a community, in which its moderators collect threads. */
@Entity('thread_folders')
@Check('thread_folders_name_check', 'length(name) between 2 and 60')
@Check('thread_folders_summary_check', 'length(summary) <= 200')
@Index('thread_folders_name', { synchronize: false })
export class ThreadFolder {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('communities', { onDelete: 'CASCADE' })
  communityId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', default: '' })
  summary!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
