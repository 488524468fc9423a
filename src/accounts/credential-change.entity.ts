import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Member } from './member.entity.js';

/** A changed password or address, kept until the owner was notified. */
@Entity('credential_changes')
@Check('credential_changes_kind_check', "kind in ('password', 'address')")
@Index('credential_changes_member', ['memberId'])
export class CredentialChangeRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey(() => Member, { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text' })
  kind!: 'password' | 'address';

  @Column({ type: 'citext', nullable: true })
  oldEmail!: string | null;

  @Column({ type: 'timestamptz' })
  changedAt!: Date;
}
