import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Resource } from './resource.entity.js';

/** A report of a problem with an entry, without its reporter. */
@Entity('resource_reports')
@Check('resource_reports_note_check', 'length(note) <= 500')
@Check('resource_reports_problem_check', "problem in ('dead', 'moved', 'wrong', 'unsafe')")
@Index('resource_reports_open', ['resourceId'], { where: 'answered_at is null' })
export class ResourceReport {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey(() => Resource, { onDelete: 'CASCADE' })
  resourceId!: string;

  @Column({ type: 'text' })
  problem!: 'dead' | 'moved' | 'wrong' | 'unsafe';

  @Column({ type: 'text', default: '' })
  note!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;
}
