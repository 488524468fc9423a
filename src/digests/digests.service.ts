import { Injectable } from '@nestjs/common';
import { Clock, later, MINUTE } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { Mailer } from '../mail/mailer.js';
import {
  DigestComposer,
  digestKey,
  type ComposedDigest,
  type DeliverableDigest,
} from './digest-composer.service.js';
import { DigestPlanning } from './digest-planning.service.js';
import {
  claimDigests,
  pauseAbsent,
  readersOf,
  settleDigests,
  type ClaimedDigest,
  type DigestStatus,
} from './digest-rows.queries.js';

/** Digests claimed at a time. Two batches are claimed at once, and have to be sent within a lease. */
const BATCH = 100;
/**
 * Duration of a lease in milliseconds: longer than the lease of the emails within, so that a digest
 * is not composed again while its email may still be in flight.
 */
const LEASE = 4 * MINUTE;
/** Maximum number of attempts for a digest; the member's next digest is a separate one. */
const MAX_ATTEMPTS = 12;

type Outcomes = Map<ClaimedDigest, DigestStatus>;

/** Claimed digests with their emails, before these are sent. */
interface Batch {
  readonly claimedAt: Date;
  readonly claimed: number;
  readonly composed: readonly ComposedDigest[];
  /** Of the digests that are not sent. */
  readonly outcomes: Outcomes;
}

/**
 * A digest is one email about what happened in a member's window of time:
 *
 * - `due`      opens a digest for each member who is due (`DigestPlanning`);
 * - `claim`    claims a batch of them with a lease;
 * - `compose`  composes the emails of those with news (`DigestComposer`, `DigestContent`);
 * - `deliver`  sends them in sequence (`Mailer`);
 * - `settle`   records the outcome of each.
 *
 * If a worker dies in between, its lease expires and another worker claims the rest. The email's
 * idempotency key prevents duplicates.
 */
@Injectable()
export class Digests {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly planning: DigestPlanning,
    private readonly composer: DigestComposer,
    private readonly mailer: Mailer,
  ) {}

  /**
   * Sends everything that is due; other workers claim other batches. The next batch is composed
   * while one is sent, which is mostly waiting for the mail server.
   * @returns number of digests claimed
   * @throws Error if the mail server is unreachable: unsent digests wait for the lease to expire
   */
  async sendDue(): Promise<number> {
    await this.planning.resumeReturned();
    let claimed = 0;
    let batch = await this.nextBatch();
    while (batch !== null) {
      claimed += batch.claimed;
      // Waits for both, so that nothing is claimed after a failure has been reported.
      const [next, sent] = await Promise.allSettled([this.nextBatch(), this.send(batch)]);
      if (sent.status === 'rejected') throw sent.reason;
      if (next.status === 'rejected') throw next.reason;
      batch = next.value;
    }
    return claimed;
  }

  /** @returns number of members scheduled */
  due(): Promise<number> {
    return this.planning.planDue();
  }

  /** Opens and prepares digests. @returns null if none is left */
  private async nextBatch(): Promise<Batch | null> {
    const scheduled = await this.due();
    const batch = await this.prepare();
    return scheduled + batch.claimed === 0 ? null : batch;
  }

  private async prepare(): Promise<Batch> {
    const now = this.clock.now();
    const outcomes: Outcomes = new Map();
    const claimed = await this.claim(now);
    if (claimed.length === 0) return { claimedAt: now, claimed: 0, composed: [], outcomes };
    const deliverable = await this.checkReaders(claimed, now, outcomes);
    const composed = await this.compose(deliverable, now, outcomes);
    return { claimedAt: now, claimed: claimed.length, composed, outcomes };
  }

  private async send(batch: Batch): Promise<void> {
    if (batch.claimed === 0) return;
    await this.deliver(batch);
    await this.settle(batch.outcomes);
  }

  private claim(now: Date): Promise<ClaimedDigest[]> {
    return this.sql.rows(claimDigests, { now, endLease: later(now, LEASE), limit: BATCH });
  }

  /** @returns the digests that can still be sent; the others are recorded in `outcomes` */
  private async checkReaders(
    claimed: readonly ClaimedDigest[],
    now: Date,
    outcomes: Outcomes,
  ): Promise<DeliverableDigest[]> {
    const rows = await this.sql.rows(readersOf, { digests: claimed.map(({ id }) => id), now });
    const readers = new Map(rows.map((row) => [row.id, row]));
    return claimed.flatMap((digest) => {
      const reader = readers.get(digest.id);
      if (reader?.delivered === 'sent' || reader?.delivered === 'refused')
        outcomes.set(digest, reader.delivered);
      else if (digest.attempts > MAX_ATTEMPTS) outcomes.set(digest, 'refused');
      else if (reader === undefined) outcomes.set(digest, 'declined');
      else return [{ ...digest, reader }];
      return [];
    });
  }

  private async compose(
    batch: readonly DeliverableDigest[],
    now: Date,
    outcomes: Outcomes,
  ): Promise<ComposedDigest[]> {
    const composed = await this.composer.compose(batch, now);
    const withNews = new Set(composed.map(({ digest }) => digest));
    for (const digest of batch) if (!withNews.has(digest)) outcomes.set(digest, 'empty');
    return composed;
  }

  private async deliver({ claimedAt, composed, outcomes }: Batch): Promise<void> {
    const statuses = await this.mailer.deliverAll(composed.map(({ email }) => email));
    const absent: string[] = [];
    for (const { digest, template, email } of composed) {
      const status = statuses.get(email.key);
      // A digest that waits, or that another worker sends, stays claimed until the lease expires.
      if (status !== 'sent' && status !== 'refused') continue;
      outcomes.set(digest, status);
      if (template === 'goodbye' && status === 'sent') absent.push(digest.memberId);
    }
    // A member who has returned since then is not absent.
    if (absent.length > 0) await this.sql.rows(pauseAbsent, { members: absent, now: claimedAt });
  }

  private async settle(outcomes: Outcomes): Promise<void> {
    await this.sql.rows(settleDigests, {
      digests: [...outcomes.keys()].map(({ id }) => id),
      statuses: [...outcomes.values()],
      now: this.clock.now(),
    });
    // Cancels the waiting email of a digest that was attempted before and is not sent after all.
    const ended = [...outcomes].filter(([{ attempts }, of]) => attempts > 1 && of !== 'sent');
    if (ended.length > 0) await this.mailer.withdraw(ended.map(([{ id }]) => digestKey(id)));
  }
}
