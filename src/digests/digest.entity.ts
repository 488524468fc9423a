import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A digest that is due or was sent. */
@Entity('digests')
@Check(
  'digests_status_check',
  "status in ('due', 'sending', 'sent', 'empty', 'declined', 'refused')",
)
@Unique(['memberId', 'until'])
@Index('digests_open', ['id'], { where: "status in ('due', 'sending')" })
export class Digest {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'timestamptz', nullable: true })
  dailySince!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  weeklySince!: Date | null;

  @Column({ type: 'timestamptz' })
  until!: Date;

  @Column({ type: 'text', default: 'due' })
  status!: 'due' | 'sending' | 'sent' | 'empty' | 'declined' | 'refused';

  @Column({ type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null;

  @Column({ type: 'int', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  settledAt!: Date | null;
}
