import { Injectable } from '@nestjs/common';
import { Clock, later, MINUTE } from '../kernel/clock.js';
import { NotYet } from '../kernel/errors.js';
import { Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import { DomainRate } from './domain-rate.js';
import { Envelopes, type Letter } from './envelopes.js';
import { claim, release, settle, statesOf } from './mail-log.js';
import { codeOf, isUnknownMailbox, reactionTo } from './smtp-faults.js';
import { Suppressions } from './suppressions.js';
import { MailTransport } from './transport.js';

export type { Letter } from './envelopes.js';

/** What became of a mail: `elsewhere` where another worker holds it, `waiting` where it has to be tried again, `refused` also where its member's mails are stopped. */
export type Fate = 'sent' | 'refused' | 'waiting' | 'elsewhere';

interface Outcome {
  readonly fate: Fate;
  /** Where it waits: not before this. */
  readonly again?: Date | null;
}

interface Claimed extends Letter {
  readonly attempts: number;
  readonly writtenAt: Date;
}

// A batch stops to begin with new mails when so much of its lease is over, so that nobody else sends what is still ours.
const LEASE = 3 * MINUTE;
const WORKING = MINUTE;

/** Thrown where this one mail has to wait: the server wants it again later, or its domain has had enough for now. */
export class MailWaits extends NotYet {}

/** Thrown where another worker holds this mail just now; the job comes back later. */
export class MailInFlight extends Error {}

/**
 * Sends a letter once. The row is claimed before SMTP is spoken to and settled after; a process killed in between leaves
 * the one mail in flight to be sent again when its lease is over. Addresses and words are never kept.
 */
@Injectable()
export class Mailer {
  constructor(
    private readonly clock: Clock,
    private readonly sql: Sql,
    private readonly envelopes: Envelopes,
    private readonly transport: MailTransport,
    private readonly rate: DomainRate,
    private readonly suppressions: Suppressions,
    private readonly logger: Logger,
  ) {}

  /** @throws when the server could not be reached or asked us to come back: the job tries again */
  async deliver(letter: Letter): Promise<void> {
    const outcome = (await this.run([letter])).get(letter.key);
    if (outcome?.fate === 'elsewhere') throw new MailInFlight();
    if (outcome?.fate === 'waiting') throw new MailWaits(Math.max(0, (outcome.again ?? this.clock.now()).getTime() - this.clock.ms()));
  }

  /**
   * Sends many, one after the other. @returns what became of each, by its key
   * @throws as `deliver`, when the server could not be reached; what was sent before is settled, the rest waits
   */
  async deliverAll(letters: readonly Letter[]): Promise<Map<string, Fate>> {
    return new Map([...(await this.run(letters))].map(([key, { fate }]) => [key, fate]));
  }

  private async run(letters: readonly Letter[]): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const begun = this.clock.now();
    const ours = await this.claim(letters, begun, outcomes);
    for (const [at, letter] of ours.entries()) {
      const late = this.clock.ms() - begun.getTime() > WORKING;
      const fault = late ? null : await this.attempt(letter, outcomes);
      if (late || fault !== null) {
        // Those behind it have not been begun with: they wait for the next run.
        const left = ours.slice(at).map(({ key }) => key);
        await this.sql.rows(release, [left, null]);
        for (const key of left) outcomes.set(key, { fate: 'waiting' });
        if (fault !== null) throw fault;
        break;
      }
    }
    return outcomes;
  }

  private async claim(letters: readonly Letter[], now: Date, outcomes: Map<string, Outcome>): Promise<Claimed[]> {
    const rows = await this.sql.rows(claim, [letters.map((each) => each.key), letters.map((each) => each.kind), letters.map((each) => each.memberId), now, later(now, LEASE), letters.map((each) => this.envelopes.bounceMark(each.key))]);
    const claimed = new Map(rows.map((row) => [row.key, row]));
    const ours: Claimed[] = [];
    for (const letter of letters) {
      const row = claimed.get(letter.key);
      if (row?.state === 'suppressed') outcomes.set(letter.key, { fate: 'refused' });
      else if (row !== undefined) ours.push({ ...letter, attempts: row.attempts, writtenAt: row.createdAt });
    }
    const others = letters.filter(({ key }) => !claimed.has(key)).map(({ key }) => key);
    if (others.length > 0) await this.lookUp(others, now, outcomes);
    return ours;
  }

  /** @returns the fault of a server that takes nothing at all just now */
  private async attempt(letter: Claimed, outcomes: Map<string, Outcome>): Promise<Error | null> {
    const again = await this.rate.wait(letter.to);
    if (again !== null) {
      await this.sql.rows(release, [[letter.key], again]);
      outcomes.set(letter.key, { fate: 'waiting', again });
      return null;
    }
    const envelope = await this.envelopes.of(letter);
    try {
      await this.transport.send(envelope);
    } catch (error) {
      return this.failed(letter, error as Error, outcomes);
    }
    await this.sql.rows(settle, [letter.key, 'sent', 250, this.clock.now(), null]);
    outcomes.set(letter.key, { fate: 'sent' });
    return null;
  }

  private async failed(letter: Claimed, fault: Error, outcomes: Map<string, Outcome>): Promise<Error | null> {
    const now = this.clock.now();
    const reaction = reactionTo(fault, letter.attempts, now.getTime() - letter.writtenAt.getTime());
    if (reaction.kind === 'server') return fault;
    const again = reaction.kind === 'wait' ? later(now, reaction.ms) : null;
    const fate = again === null ? 'refused' : 'waiting';
    await this.sql.rows(settle, [letter.key, fate, codeOf(fault), now, again]);
    outcomes.set(letter.key, { fate, again });
    if (fate === 'refused') this.logger.warn('a mail was refused for good', { kind: letter.kind, code: codeOf(fault) });
    if (isUnknownMailbox(fault)) await this.suppressions.heard({ key: letter.key }, 'hard', String(codeOf(fault)));
    return null;
  }

  private async lookUp(keys: readonly string[], now: Date, outcomes: Map<string, Outcome>): Promise<void> {
    for (const { key, state, notBefore } of await this.sql.rows(statesOf, [keys])) {
      if (state === 'sent' || state === 'refused') outcomes.set(key, { fate: state });
      else if (state === 'suppressed') outcomes.set(key, { fate: 'refused' });
      else if (notBefore !== null && notBefore > now) outcomes.set(key, { fate: 'waiting', again: notBefore });
      else outcomes.set(key, { fate: 'elsewhere' });
    }
  }
}
