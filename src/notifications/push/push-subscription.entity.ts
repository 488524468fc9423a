import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A browser that is sent notifications. It goes with its session. */
@Entity('push_subscriptions')
@Index('push_subscriptions_member', ['memberId', 'id'])
@Index('push_subscriptions_session', ['sessionId'])
export class PushSubscription {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'bigint' })
  @ForeignKey('sessions', { onDelete: 'CASCADE' })
  sessionId!: string;

  /** Where its push service takes messages for it. */
  @Column({ type: 'text', unique: true })
  endpoint!: string;

  @Column({ type: 'text' })
  device!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** The notification that it was sent last, by the time at which that was decided. */
  @Column({ type: 'timestamptz' })
  notifiedAt!: Date;
}
