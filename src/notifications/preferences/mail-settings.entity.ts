import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { MailSender, MailSubject } from '../../mail/mail-appearance.js';

/** When and how a member is emailed. */
@Entity('mail_settings')
@Check('mail_settings_check', '(quiet_from is null) = (quiet_to is null)')
@Check('mail_settings_digest_day_check', 'digest_day between 1 and 7')
@Check('mail_settings_digest_hour_check', 'digest_hour between 0 and 23')
@Check('mail_settings_quiet_from_check', 'quiet_from between 0 and 23')
@Check('mail_settings_quiet_to_check', 'quiet_to between 0 and 23')
@Check(
  'mail_settings_sender_check',
  "sender in ('messages', 'notes', 'updates', 'none', 'operator')",
)
@Check('mail_settings_subject_check', "subject in ('message', 'note', 'update', 'hello')")
@Check('mail_settings_private_word_check', 'length(private_word) <= 40')
@Index('mail_settings_due', ['nextDigestAt'], { where: 'next_digest_at is not null' })
@Index('mail_settings_goodbye', ['memberId'], { where: 'said_goodbye_at is not null' })
export class MailSettingsRow {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'uuid', generated: 'uuid' })
  seed!: string;

  @Column({ type: 'int', default: 7 })
  digestDay!: number;

  @Column({ type: 'int', default: 9 })
  digestHour!: number;

  @Column({ type: 'int', nullable: true })
  quietFrom!: number | null;

  @Column({ type: 'int', nullable: true })
  quietTo!: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  pausedUntil!: Date | null;

  @Column({ type: 'boolean', default: false })
  content!: boolean;

  /** Whether to ask the member, some weeks after starting a thread, how things are now. */
  @Column({ type: 'boolean', default: true })
  askHowItIs!: boolean;

  @Column({ type: 'text', default: 'messages' })
  sender!: MailSender;

  @Column({ type: 'text', default: 'message' })
  subject!: MailSubject;

  /** A word by which the member recognises emails from this site; may be empty. */
  @Column({ type: 'text', default: '' })
  privateWord!: string;

  @Column({ type: 'boolean', default: false })
  daily!: boolean;

  @Column({ type: 'boolean', default: false })
  weekly!: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  nextDigestAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  dailyUntil!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  weeklyUntil!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  mailedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  saidGoodbyeAt!: Date | null;

  /** When the member's browsers were last notified. */
  @Column({ type: 'timestamptz', nullable: true })
  pushedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  seenAt!: Date | null;
}
