import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A member who is a peer supporter, or has offered to become one. */
@Entity('supporters')
@Check('supporters_answer_check', 'length(answer) <= 1000')
@Check('supporters_capacity_check', 'capacity between 0 and 50')
@Check('supporters_state_check', "state in ('asked', 'active', 'declined', 'resting')")
@Check('supporters_why_check', 'length(why) <= 1000')
@Index('supporters_asked', ['communityId'], { where: "state = 'asked'" })
@Index('supporters_member', ['memberId'])
export class Supporter {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('communities', { onDelete: 'CASCADE' })
  communityId!: string;

  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text' })
  state!: 'asked' | 'active' | 'declined' | 'resting';

  @Column({ type: 'text', default: '' })
  why!: string;

  @Column({ type: 'text', array: true, default: [] })
  steps!: string[];

  @Column({ type: 'int', default: 3 })
  capacity!: number;

  @Column({ type: 'timestamptz', nullable: true })
  offDutyUntil!: Date | null;

  @Column({ type: 'text', default: '' })
  answer!: string;

  @Column({ type: 'bigint', nullable: true })
  @ForeignKey('members', { onDelete: 'SET NULL' })
  answeredBy!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;

  @Column({ type: 'timestamptz' })
  askedAt!: Date;
}
