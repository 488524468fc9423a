import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A member's own name for a group of items, encrypted under the member's key. */
@Entity('toolkit_collections')
@Index('toolkit_collections_member', ['memberId', 'id'])
export class ToolkitCollection {
  @PrimaryColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'bytea' })
  words!: Buffer;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
