import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A site setting that an administrator changed. */
@Entity('site_settings')
export class SiteSetting {
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'jsonb' })
  value!: unknown;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  updatedBy!: string | null;

  @Column({ type: 'timestamptz' })
  updatedAt!: Date;
}
