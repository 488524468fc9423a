import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** An item in a member's toolkit. `words` is encrypted under the member's key. */
@Entity('toolkit_items')
@Unique(['memberId', 'strategyId'])
@Index('toolkit_items_idempotency', ['memberId', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key is not null',
})
@Index('toolkit_items_order', ['memberId', 'position', 'id'])
@Index('toolkit_items_strategy', ['strategyId'])
export class ToolkitItem {
  @PrimaryColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('coping_strategies', { onDelete: 'SET NULL' })
  strategyId!: string | null;

  @Column({ type: 'int' })
  position!: number;

  @Column({ type: 'bytea', nullable: true })
  words!: Buffer | null;

  @Column({ type: 'int', default: 0 })
  used!: number;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  @Column({ type: 'timestamptz' })
  savedAt!: Date;

  @Column({ type: 'timestamptz' })
  updatedAt!: Date;
}
