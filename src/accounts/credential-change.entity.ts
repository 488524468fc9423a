import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Member } from './member.entity.js';

/** `device`: a log-in from a browser that is new to the account. */
export const CREDENTIAL_CHANGES = [
  'password',
  'address',
  'second-factor',
  'second-factor-off',
  'passkey',
  'passkey-off',
  'device',
  'access-token',
] as const;
export type CredentialChangeKind = (typeof CREDENTIAL_CHANGES)[number];

/** A change of credentials, stored until the owner has been notified. */
@Entity('credential_changes')
@Check(
  'credential_changes_kind_check',
  `kind in ('password', 'address', 'second-factor', 'second-factor-off', 'passkey', 'passkey-off',
    'device', 'access-token')`,
)
@Index('credential_changes_member', ['memberId'])
export class CredentialChangeRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey(() => Member, { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text' })
  kind!: CredentialChangeKind;

  @Column({ type: 'citext', nullable: true })
  oldEmail!: string | null;

  @Column({ type: 'timestamptz' })
  changedAt!: Date;
}
