import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Member } from './member.entity.js';

/** A logged-in browser. Only the digest of its token is stored. */
@Entity('sessions')
@Index('sessions_expiry', ['expiresAt'])
@Index('sessions_member', ['memberId'])
export class Session {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bytea', unique: true })
  tokenHash!: Buffer;

  @Column({ type: 'bigint' })
  @ForeignKey(() => Member, { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text', default: '' })
  device!: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  lastSeenAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  /** On a device that other people use too. */
  @Column({ type: 'boolean', default: false })
  shared!: boolean;

  /** When the owner last proved their identity, by logging in or by confirming the password. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  reauthenticatedAt!: Date;
}
