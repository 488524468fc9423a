import { Injectable } from '@nestjs/common';
import { SiteSettings } from '../http/site-settings.js';
import { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database } from '../kernel/database.js';
import { AppError, TooManyRequests } from '../kernel/errors.js';
import { hashToken, sign } from '../kernel/ids.js';
import { Messages } from '../i18n/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import { ReplyAddresses } from '../notifications/email/reply-addresses.js';
import { Notifier } from '../notifications/notify/notifier.service.js';
import { Outbox } from '../outbox/outbox.js';
import { Replying } from '../replies/replying.service.js';
import { Screening } from '../triage/screening.js';
import { MAX_MAIL_SIZE, readIncoming, type Incoming } from './incoming.js';
import { isGraverPart } from './graver-part.js';
import { composeReply, type ComposedReply } from './compose-reply.js';
import { comparableAddress } from './mail-address.js';
import { ownMail } from './own-mail.js';
import { RefusedMails, type DistressMail } from './refused-mails.service.js';
import { mailScreening } from './screen-pieces.js';
import { mailHeld, mailRefused } from './reply-by-mail.events.js';

export type Outcome = 'posted' | 'held' | 'ignored' | 'refused';

interface Taken {
  readonly outcome: Outcome;
  readonly postId?: string;
  /** For an email that is not posted. */
  readonly plea?: DistressMail;
}

interface Writer extends Viewer {
  email: string | null;
  muted: boolean;
}

/** The member who owns the address, as the viewer of a session. */
const writer = statement<{ memberId: string; threadId: string; now: Date }, Writer>(
  'reply-by-mail.writer',
  `
    select '0' as "sessionId", m.id as "memberId", m.handle::text, m.role,
      m.avatar_seed as "avatarSeed", m.email_verified_at is not null as verified, m.locale,
      m.country, m.time_zone as "timeZone", 0 as unread,
      case
        when m.break_until > :now then m.break_until end as "breakUntil",
      case
        when m.read_only_until > :now then m.read_only_until end as "readOnlyUntil",
      case
        when m.suspended_until > :now then m.suspended_until end as "suspendedUntil",
      false as moderates, m.email::text,
      exists (select 1
        from thread_follows f
        where f.thread_id = :threadId
          and f.member_id = m.id
          and f.level = 'muted') as muted
    from members m
    where m.id = :memberId and m.closed_at is null
  `,
);
/** What emails to the member about the thread may contain besides fixed sentences. */
const ownWords = statement<
  { threadId: string; memberId: string },
  { title: string | null; privateWord: string | null }
>(
  'reply-by-mail.own-words',
  `
    select (select title from threads where id = :threadId) as title,
      (select private_word from mail_settings where member_id = :memberId) as "privateWord"
  `,
);
const known = statement<{ hash: Buffer }, { outcome: Outcome }>(
  'reply-by-mail.known',
  'select outcome from mails_taken_in where message_hash = :hash',
);
const note = statement<
  { hash: Buffer; memberId: string; outcome: string; now: Date },
  { outcome: Outcome }
>(
  'reply-by-mail.note',
  `
    insert into mails_taken_in (message_hash, member_id, outcome, taken_at)
    values (:hash, :memberId, :outcome, :now)
    on conflict
    do nothing
    returning outcome
  `,
);

/** Processes replies by email with the same rules, screening and alias as replies from the form. */
@Injectable()
export class ReplyByMail {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
    private readonly addresses: ReplyAddresses,
    private readonly replying: Replying,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly messages: Messages,
    private readonly screening: Screening,
    private readonly notifier: Notifier,
    private readonly refusedMails: RefusedMails,
    private readonly settings: SiteSettings,
  ) {}

  /**
   * Processes an email; idempotent.
   * @param raw the whole email, of any size
   */
  async take(raw: Buffer): Promise<Outcome> {
    const mail = await readIncoming(raw, this.config.MAIL_REPLY_ADDRESS ?? '');
    const place = mail === null ? null : await this.addresses.find(mail.token);
    if (mail === null || place === null) return 'ignored';
    const hash = hashToken(`${place.memberId} ${place.threadId} ${mail.messageId}`);
    const before = await this.sql.first(known, { hash });
    if (before !== null) return before.outcome;
    const who = await this.sql.first(writer, {
      memberId: place.memberId,
      threadId: place.threadId,
      now: this.clock.now(),
    });
    const email = who?.email == null ? null : comparableAddress(who.email);
    if (who === null || email === null || !isFrom(mail, email))
      return this.end(hash, place.memberId, { outcome: 'ignored' });
    const reply = await this.compose(place, mail);
    const unwelcome = who.muted || raw.length > MAX_MAIL_SIZE || this.settings.isReadOnly;
    const refusal = refusalOf(mail, email, place.expired, unwelcome);
    const taken =
      refusal === null
        ? await this.post(who, place.threadId, mail, reply)
        : this.refused(reply, refusal);
    return this.end(hash, place.memberId, taken);
  }

  private async post(
    who: Viewer,
    threadId: string,
    mail: Incoming,
    reply: ComposedReply,
  ): Promise<Taken> {
    const key = sign(this.config.secret, 'mail-reply', mail.messageId);
    try {
      await this.limits.count('reply', who.memberId, 60, 600);
      const post = await this.replying.replyByMail(who, threadId, { ...reply, key });
      return { outcome: post.held ? 'held' : 'posted', postId: post.id };
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      const taken = this.refused(reply, 'refused');
      // Above the rate limit, the mail server delivers again later; a cry for help does not wait
      // for that.
      if (error instanceof TooManyRequests && taken.plea === undefined) throw error;
      return taken;
    }
  }

  /** An email that is not posted is screened too, so that no cry for help is lost. */
  private refused(reply: ComposedReply, outcome: Outcome): Taken {
    const plea = this.refusedMails.pleaIn(reply.whole);
    return plea === null ? { outcome } : { outcome: 'refused', plea };
  }

  private async compose(
    { threadId, memberId }: { threadId: string; memberId: string },
    mail: Incoming,
  ): Promise<ComposedReply> {
    const words = await this.sql.first(ownWords, { threadId, memberId });
    const own = ownMail(this.config, this.messages, words?.title ?? '', words?.privateWord ?? '');
    return composeReply(mail, own, (part, body) =>
      isGraverPart(part, body, mailScreening(this.screening)),
    );
  }

  private async end(hash: Buffer, memberId: string, taken: Taken): Promise<Outcome> {
    const { outcome, postId, plea } = taken;
    return this.database.inTransaction(async (tx) => {
      const fresh = await this.sql.rowsIn(tx, note, {
        hash,
        memberId,
        outcome,
        now: this.clock.now(),
      });
      if (fresh.length === 0) return outcome;
      if (plea !== undefined) await this.refusedMails.keep(tx, memberId, plea);
      else if (outcome === 'refused')
        await this.outbox.append(tx, mailRefused({ memberId, asked: this.clock.ms() }));
      // The author is not looking at a page that says so.
      if (outcome === 'held' && postId !== undefined)
        await this.notifier.notify(tx, 'post-held', { memberId, postId });
      if (outcome === 'held' || plea !== undefined)
        await this.outbox.append(tx, mailHeld({ memberId, asked: this.clock.ms() }));
      return outcome;
    });
  }
}

/**
 * Whether the member is the sender. A stranger learns nothing, and the member gets no email because
 * of one.
 */
function isFrom(mail: Incoming, email: string): boolean {
  return mail.from === email || mail.conflicting.includes(email);
}

/**
 * Decides whether a member's email is posted at all.
 * @param email of the member who owns the address
 * @returns null for an email that may be posted
 */
function refusalOf(
  mail: Incoming,
  email: string,
  expired: boolean,
  unwelcome: boolean,
): Outcome | null {
  if (expired) return 'ignored';
  return unwelcome || mail.conflicting.includes(email) ? 'refused' : null;
}
