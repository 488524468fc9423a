import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from './member.entity.js';

/** A single-use link. Only its digest is stored. */
@Entity('one_time_tokens')
@Check(
  'one_time_tokens_purpose_check',
  "purpose in ('verify-email', 'reset-password', 'change-email', 'second-step')",
)
@Index('one_time_tokens_member', ['memberId', 'purpose'])
export class OneTimeToken {
  @PrimaryColumn({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'text' })
  purpose!: 'verify-email' | 'reset-password' | 'change-email' | 'second-step';

  @Column({ type: 'bigint' })
  @ForeignKey(() => Member, { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'citext', nullable: true })
  email!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt!: Date | null;
}
