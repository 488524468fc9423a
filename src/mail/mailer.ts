import { Injectable } from '@nestjs/common';
import { Clock, later, MINUTE, SECOND } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import {
  MailInFlight,
  MailWaits,
  statusesInOrder,
  type Delivery,
  type DeliveryStatus,
} from './delivery.js';
import { DomainRateLimit } from './domain-rate-limit.js';
import { Envelopes, type Email } from './envelopes.js';
import { claim, release, renew, recordOutcome, statesOf, withdraw } from './mail-log.queries.js';
import { bounceOf, codeOf, reactionTo } from './smtp-faults.js';
import { Suppressions } from './suppressions.js';
import { MailTransport } from './transport.js';

export { MailInFlight, MailWaits, type DeliveryStatus } from './delivery.js';
export type { Email } from './envelopes.js';

interface ClaimedEmail extends Email {
  readonly attempts: number;
  readonly createdAt: Date;
}

/** The emails of one run. */
interface Batch {
  readonly deliveries: Map<string, Delivery>;
  /** Resolves once the outcome of the email sent last is recorded. */
  recorded: Promise<void>;
}

/** Duration of a lease, in milliseconds. */
const LEASE = 3 * MINUTE;
/**
 * A batch starts no new email after this many milliseconds, well before another worker may claim
 * it.
 */
const SEND_UNTIL = MINUTE;
/**
 * An alert to a moderator on duty must not wait long for a dead worker: it has a short lease, which
 * a living worker renews while sending.
 */
const ALERT_LEASE = 30 * SECOND;
const RENEW_EVERY = 10 * SECOND;
const isAlert = ({ kind }: Email): boolean => kind === 'alert';

/**
 * Sends each email once. Its row is claimed before SMTP and completed afterwards. While it is
 * completed, the next email is composed and the mail server is told its addresses, but not the
 * email itself: if a process is killed in between, only one email is sent again when its lease
 * expires, an alert within half a minute. Addresses and texts are never stored.
 */
@Injectable()
export class Mailer {
  constructor(
    private readonly clock: Clock,
    private readonly sql: Sql,
    private readonly envelopes: Envelopes,
    private readonly transport: MailTransport,
    private readonly rateLimit: DomainRateLimit,
    private readonly suppressions: Suppressions,
    private readonly logger: Logger,
  ) {}

  /**
   * Sends one email, or finds that it was already sent or rejected.
   * @throws MailWaits or MailInFlight if the job should run again later, and the error of an
   *   unreachable server
   */
  async deliver(email: Email): Promise<void> {
    const delivery = (await this.run([email])).get(email.key);
    const wait = Math.max(0, (delivery?.retryAt ?? this.clock.now()).getTime() - this.clock.ms());
    if (delivery?.status === 'claimed-elsewhere') throw new MailInFlight(wait);
    if (delivery?.status === 'waiting') throw new MailWaits(wait);
  }

  /**
   * Sends several emails in sequence.
   * @returns the outcome of each, by key, in their order
   * @throws the error of an unreachable server; emails sent before are completed, the rest waits
   */
  async deliverAll(emails: readonly Email[]): Promise<Map<string, DeliveryStatus>> {
    return statusesInOrder(emails, await this.run(emails));
  }

  /** Cancels waiting emails, which then do not count as late. They are never sent. */
  async withdraw(keys: readonly string[]): Promise<void> {
    await this.sql.rows(withdraw, { keys, now: this.clock.now() });
  }

  private async run(emails: readonly Email[]): Promise<Map<string, Delivery>> {
    const deliveries = new Map<string, Delivery>();
    const begun = this.clock.now();
    const lease = emails.every(isAlert) ? ALERT_LEASE : LEASE;
    const ours = await this.claim(emails, begun, lease, deliveries);
    const stop = lease === ALERT_LEASE ? this.renewLease(ours) : () => undefined;
    try {
      await this.attemptAll(ours, begun, deliveries);
    } finally {
      stop();
    }
    return deliveries;
  }

  /**
   * Renews the lease until the returned function is called. If a renewal fails, the next one
   * follows.
   */
  private renewLease(ours: readonly ClaimedEmail[]): () => void {
    const keys = ours.map(({ key }) => key);
    const timer = setInterval(() => {
      void this.sql
        .rows(renew, { keys, endLease: later(this.clock.now(), ALERT_LEASE) })
        .catch((error: unknown) => {
          this.logger.debug('a lease could not be renewed', describeError(error));
        });
    }, RENEW_EVERY);
    return () => clearInterval(timer);
  }

  private async attemptAll(
    ours: readonly ClaimedEmail[],
    begun: Date,
    deliveries: Map<string, Delivery>,
  ): Promise<void> {
    const batch: Batch = { deliveries, recorded: Promise.resolve() };
    for (const [at, email] of ours.entries()) {
      const late = this.clock.ms() - begun.getTime() > SEND_UNTIL;
      const fault = late ? null : await this.attempt(email, batch);
      if (late || fault !== null) {
        await batch.recorded;
        // None of the rest was attempted: it waits for the next run.
        const rest = ours.slice(at).map(({ key }) => key);
        await this.sql.rows(release, { keys: rest, notBefore: null });
        for (const key of rest) deliveries.set(key, { status: 'waiting' });
        if (fault !== null) throw fault;
        break;
      }
    }
    await batch.recorded;
  }

  private async claim(
    emails: readonly Email[],
    now: Date,
    lease: number,
    deliveries: Map<string, Delivery>,
  ): Promise<ClaimedEmail[]> {
    const rows = await this.sql.rows(claim, {
      keys: emails.map((each) => each.key),
      kinds: emails.map((each) => each.kind),
      members: emails.map((each) => each.memberId),
      now,
      endLease: later(now, lease),
      marks: emails.map((each) => this.envelopes.bounceMark(each.key)),
    });
    const claimed = new Map(rows.map((row) => [row.key, row]));
    const ours: ClaimedEmail[] = [];
    for (const email of emails) {
      const row = claimed.get(email.key);
      if (row?.state === 'suppressed') deliveries.set(email.key, { status: 'refused' });
      else if (row !== undefined)
        ours.push({ ...email, attempts: row.attempts, createdAt: row.createdAt });
    }
    const others = emails.filter(({ key }) => !claimed.has(key)).map(({ key }) => key);
    if (others.length > 0) await this.readStatuses(others, now, deliveries);
    return ours;
  }

  /** @returns the error of a server that accepts no email at all; null otherwise */
  private async attempt(email: ClaimedEmail, batch: Batch): Promise<Error | null> {
    // The rate limit of a domain is for bulk email; alerts bypass it.
    const retryAt = isAlert(email) ? null : await this.rateLimit.retryAt(email.to);
    if (retryAt !== null) {
      await this.sql.rows(release, { keys: [email.key], notBefore: retryAt });
      batch.deliveries.set(email.key, { status: 'waiting', retryAt });
      return null;
    }
    const envelope = await this.envelopes.of(email);
    try {
      await this.transport.send(envelope, batch.recorded);
    } catch (error) {
      // If it was not recorded, this email was not sent either, and the run ends.
      await batch.recorded;
      return this.failed(email, error as Error, batch.deliveries);
    }
    batch.recorded = this.recordSent(email, batch.deliveries);
    // Whoever waits for it gets the error; until somebody does, it is not unhandled.
    batch.recorded.catch(() => undefined);
    return null;
  }

  private async recordSent(
    { key }: ClaimedEmail,
    deliveries: Map<string, Delivery>,
  ): Promise<void> {
    const now = this.clock.now();
    await this.sql.rows(recordOutcome, { key, state: 'sent', code: 250, now, notBefore: null });
    deliveries.set(key, { status: 'sent' });
  }

  private async failed(
    email: ClaimedEmail,
    fault: Error,
    deliveries: Map<string, Delivery>,
  ): Promise<Error | null> {
    const now = this.clock.now();
    const reaction = reactionTo(fault, email.attempts, now.getTime() - email.createdAt.getTime());
    if (reaction.kind === 'server') return fault;
    const retryAt = reaction.kind === 'wait' ? later(now, reaction.ms) : null;
    const status = retryAt === null ? 'refused' : 'waiting';
    await this.sql.rows(recordOutcome, {
      key: email.key,
      state: status,
      code: codeOf(fault),
      now,
      notBefore: retryAt,
    });
    deliveries.set(email.key, { status, retryAt });
    if (status === 'refused')
      this.logger.warn('an email was refused', { kind: email.kind, code: codeOf(fault) });
    const bounce = bounceOf(fault);
    if (bounce !== null) {
      const domain = email.to.slice(email.to.lastIndexOf('@') + 1);
      await this.suppressions.record({ key: email.key }, { ...bounce, domain });
    }
    return null;
  }

  private async readStatuses(
    keys: readonly string[],
    now: Date,
    deliveries: Map<string, Delivery>,
  ): Promise<void> {
    for (const { key, state, notBefore, leaseUntil } of await this.sql.rows(statesOf, { keys })) {
      if (state === 'sent' || state === 'refused') deliveries.set(key, { status: state });
      else if (state === 'suppressed' || state === 'withdrawn')
        deliveries.set(key, { status: 'refused' });
      else if (notBefore !== null && notBefore > now)
        deliveries.set(key, { status: 'waiting', retryAt: notBefore });
      else
        deliveries.set(key, {
          status: 'claimed-elsewhere',
          retryAt: leaseUntil === null ? null : later(leaseUntil, SECOND),
        });
    }
  }
}
