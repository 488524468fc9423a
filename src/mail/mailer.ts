import { Injectable } from '@nestjs/common';
import { Clock, later, MINUTE, SECOND } from '../kernel/clock.js';
import { NotYet } from '../kernel/errors.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import { DomainRateLimit } from './domain-rate-limit.js';
import { Envelopes, type Email } from './envelopes.js';
import { claim, release, renew, settle, statesOf } from './mail-log.js';
import { codeOf, isUnknownMailbox, reactionTo } from './smtp-faults.js';
import { Suppressions } from './suppressions.js';
import { MailTransport } from './transport.js';

export type { Email } from './envelopes.js';

/**
 * What became of a mail: `elsewhere` where another worker holds it, `waiting` where it has to be
 * tried again, `refused` also where its member's mails are stopped.
 */
export type DeliveryStatus = 'sent' | 'refused' | 'waiting' | 'elsewhere';

interface Outcome {
  readonly fate: DeliveryStatus;
  /** Where it waits, or somebody else holds it: not before this. */
  readonly again?: Date | null;
}

interface Claimed extends Email {
  readonly attempts: number;
  readonly writtenAt: Date;
}

// A batch stops to begin with new mails when so much of its lease is over, so that nobody else
// sends what is still ours.
const LEASE = 3 * MINUTE;
const WORKING = MINUTE;
// A call to somebody in danger does not wait for a dead worker: a short lease, which a living one
// renews while it sends.
const ALERT_LEASE = 30 * SECOND;
const RENEW_EVERY = 10 * SECOND;
const isAlert = ({ kind }: Email): boolean => kind === 'alert';

/**
 * Thrown where this one mail has to wait: the server wants it again later, or its domain has had
 * enough for now.
 */
export class MailWaits extends NotYet {}

/**
 * Thrown where another worker holds this mail just now; the job comes back when the lease is over.
 */
export class MailInFlight extends NotYet {}

/**
 * Sends a letter once. The row is claimed before SMTP is spoken to and settled after; a process
 * killed in between leaves the one mail in flight to be sent again when its lease is over: for an
 * alarm within half a minute. Addresses and words are never kept.
 */
@Injectable()
export class Mailer {
  constructor(
    private readonly clock: Clock,
    private readonly sql: Sql,
    private readonly envelopes: Envelopes,
    private readonly transport: MailTransport,
    private readonly rate: DomainRateLimit,
    private readonly suppressions: Suppressions,
    private readonly logger: Logger,
  ) {}

  /** @throws when the server could not be reached or asked us to come back: the job tries again */
  async deliver(letter: Email): Promise<void> {
    const outcome = (await this.run([letter])).get(letter.key);
    const again = Math.max(0, (outcome?.again ?? this.clock.now()).getTime() - this.clock.ms());
    if (outcome?.fate === 'elsewhere') throw new MailInFlight(again);
    if (outcome?.fate === 'waiting') throw new MailWaits(again);
  }

  /**
   * Sends many, one after the other. @returns what became of each, by its key
   * @throws as `deliver`, when the server could not be reached; what was sent before is settled,
   *   the rest waits
   */
  async deliverAll(letters: readonly Email[]): Promise<Map<string, DeliveryStatus>> {
    return new Map([...(await this.run(letters))].map(([key, { fate }]) => [key, fate]));
  }

  private async run(letters: readonly Email[]): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const begun = this.clock.now();
    const lease = letters.every(isAlert) ? ALERT_LEASE : LEASE;
    const ours = await this.claim(letters, begun, lease, outcomes);
    const stop = lease === ALERT_LEASE ? this.keep(ours) : () => undefined;
    try {
      await this.attemptAll(ours, begun, outcomes);
    } finally {
      stop();
    }
    return outcomes;
  }

  /**
   * Renews the lease until the returned function is called; a renewal that fails is followed by the
   * next.
   */
  private keep(ours: readonly Claimed[]): () => void {
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
    ours: readonly Claimed[],
    begun: Date,
    outcomes: Map<string, Outcome>,
  ): Promise<void> {
    for (const [at, letter] of ours.entries()) {
      const late = this.clock.ms() - begun.getTime() > WORKING;
      const fault = late ? null : await this.attempt(letter, outcomes);
      if (late || fault !== null) {
        // Those behind it have not been begun with: they wait for the next run.
        const left = ours.slice(at).map(({ key }) => key);
        await this.sql.rows(release, { keys: left, notBefore: null });
        for (const key of left) outcomes.set(key, { fate: 'waiting' });
        if (fault !== null) throw fault;
        break;
      }
    }
  }

  private async claim(
    letters: readonly Email[],
    now: Date,
    lease: number,
    outcomes: Map<string, Outcome>,
  ): Promise<Claimed[]> {
    const rows = await this.sql.rows(claim, {
      keys: letters.map((each) => each.key),
      kinds: letters.map((each) => each.kind),
      members: letters.map((each) => each.memberId),
      now,
      endLease: later(now, lease),
      marks: letters.map((each) => this.envelopes.bounceMark(each.key)),
    });
    const claimed = new Map(rows.map((row) => [row.key, row]));
    const ours: Claimed[] = [];
    for (const letter of letters) {
      const row = claimed.get(letter.key);
      if (row?.state === 'suppressed') outcomes.set(letter.key, { fate: 'refused' });
      else if (row !== undefined)
        ours.push({ ...letter, attempts: row.attempts, writtenAt: row.createdAt });
    }
    const others = letters.filter(({ key }) => !claimed.has(key)).map(({ key }) => key);
    if (others.length > 0) await this.lookUp(others, now, outcomes);
    return ours;
  }

  /** @returns the fault of a server that takes nothing at all just now */
  private async attempt(letter: Claimed, outcomes: Map<string, Outcome>): Promise<Error | null> {
    // What a domain bears is for the many mails; the few that call somebody do not stand behind
    // them.
    const again = isAlert(letter) ? null : await this.rate.wait(letter.to);
    if (again !== null) {
      await this.sql.rows(release, { keys: [letter.key], notBefore: again });
      outcomes.set(letter.key, { fate: 'waiting', again });
      return null;
    }
    const envelope = await this.envelopes.of(letter);
    try {
      await this.transport.send(envelope);
    } catch (error) {
      return this.failed(letter, error as Error, outcomes);
    }
    await this.sql.rows(settle, {
      key: letter.key,
      state: 'sent',
      code: 250,
      now: this.clock.now(),
      notBefore: null,
    });
    outcomes.set(letter.key, { fate: 'sent' });
    return null;
  }

  private async failed(
    letter: Claimed,
    fault: Error,
    outcomes: Map<string, Outcome>,
  ): Promise<Error | null> {
    const now = this.clock.now();
    const reaction = reactionTo(fault, letter.attempts, now.getTime() - letter.writtenAt.getTime());
    if (reaction.kind === 'server') return fault;
    const again = reaction.kind === 'wait' ? later(now, reaction.ms) : null;
    const fate = again === null ? 'refused' : 'waiting';
    await this.sql.rows(settle, {
      key: letter.key,
      state: fate,
      code: codeOf(fault),
      now,
      notBefore: again,
    });
    outcomes.set(letter.key, { fate, again });
    if (fate === 'refused')
      this.logger.warn('a mail was refused for good', { kind: letter.kind, code: codeOf(fault) });
    if (isUnknownMailbox(fault))
      await this.suppressions.heard({ key: letter.key }, 'hard', String(codeOf(fault)));
    return null;
  }

  private async lookUp(
    keys: readonly string[],
    now: Date,
    outcomes: Map<string, Outcome>,
  ): Promise<void> {
    for (const { key, state, notBefore, leaseUntil } of await this.sql.rows(statesOf, { keys })) {
      if (state === 'sent' || state === 'refused') outcomes.set(key, { fate: state });
      else if (state === 'suppressed') outcomes.set(key, { fate: 'refused' });
      else if (notBefore !== null && notBefore > now)
        outcomes.set(key, { fate: 'waiting', again: notBefore });
      else
        outcomes.set(key, {
          fate: 'elsewhere',
          again: leaseUntil === null ? null : later(leaseUntil, SECOND),
        });
    }
  }
}
