import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A plan to close down the whole site. */
@Entity('site_closures')
@Check('site_closures_check', 'wipe_at > read_only_at')
@Index('site_closures_one', { synchronize: false })
export class SiteClosureRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'timestamptz' })
  plannedAt!: Date;

  /** From then on the site is read-only. */
  @Column({ type: 'timestamptz' })
  readOnlyAt!: Date;

  /** From then on the operator may wipe the site. */
  @Column({ type: 'timestamptz' })
  wipeAt!: Date;

  /** Time of the latest announcement: the plan, the reminder, or the cancellation. */
  @Column({ type: 'timestamptz' })
  toldAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  remindedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  cancelledAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  wipedAt!: Date | null;
}
