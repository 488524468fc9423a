import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ThreadFolder } from './thread-folder.entity.js';

/** A thread in a folder. */
@Entity('folder_threads')
@Index('folder_threads_thread', ['threadId'])
export class FolderThread {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey(() => ThreadFolder, { onDelete: 'CASCADE' })
  folderId!: string;

  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('threads', { onDelete: 'CASCADE' })
  threadId!: string;

  @Column({ type: 'timestamptz' })
  addedAt!: Date;
}
