import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A browser that gets push notifications; deleted with its session. */
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

  /** URL at which its push service accepts messages. */
  @Column({ type: 'text', unique: true })
  endpoint!: string;

  @Column({ type: 'text' })
  device!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** The last notification that it was sent, identified by the time of the decision. */
  @Column({ type: 'timestamptz' })
  notifiedAt!: Date;
}
