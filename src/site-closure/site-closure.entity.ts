import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A plan to close the whole site down. */
@Entity('site_closures')
@Check('site_closures_check', 'wipe_at > read_only_at')
@Index('site_closures_one', { synchronize: false })
export class SiteClosureRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'timestamptz' })
  plannedAt!: Date;

  /** Nothing new can be written for others from then on. */
  @Column({ type: 'timestamptz' })
  readOnlyAt!: Date;

  /** The operator may wipe the site from then on. */
  @Column({ type: 'timestamptz' })
  wipeAt!: Date;

  /** Of the latest news for members: the plan, the reminder, or that the site stays. */
  @Column({ type: 'timestamptz' })
  toldAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  remindedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  cancelledAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  wipedAt!: Date | null;
}
