import { Injectable } from '@nestjs/common';
import { Clock, later, MINUTE } from '../kernel/clock.js';
import { Logger } from '../kernel/logger.js';
import { Sql, statement } from '../kernel/sql.js';
import { Envelopes, type Letter } from './envelopes.js';
import { MailTransport } from './transport.js';

export type { Letter } from './envelopes.js';

/** What became of a mail: `elsewhere` where another worker holds it, `waiting` where it has to be tried again. */
export type Fate = 'sent' | 'refused' | 'waiting' | 'elsewhere';

// A batch stops to begin with new mails when so much of its lease is over, so that nobody else sends what is still ours.
const LEASE = 3 * MINUTE;
const WORKING = MINUTE;

/** $1 keys, $2 kinds, $3 members, $4 now, $5 end of the lease */
const claim = statement<{ key: string }>(
  'mail.claim',
  `insert into mail_deliveries as d (key, kind, member_id, state, attempts, lease_until, created_at)
   select key, kind, member, 'sending', 1, $5, $4 from unnest($1::text[], $2::text[], $3::bigint[]) as l (key, kind, member) order by key
   on conflict (key) do update set attempts = d.attempts + 1, lease_until = excluded.lease_until, state = 'sending'
     where d.state = 'waiting' or (d.state = 'sending' and d.lease_until < $4)
   returning key`,
);
const settle = statement('mail.settle', `update mail_deliveries set state = $2, code = $3, settled_at = $4, lease_until = null where key = $1`);
const release = statement('mail.release', `update mail_deliveries set state = 'waiting', lease_until = null where key = any($1::text[]) and state = 'sending'`);
const statesOf = statement<{ key: string; state: string }>('mail.states', 'select key, state from mail_deliveries where key = any($1::text[])', 'alone');

/** Thrown where the server wants this one mail again later. */
export class MailWaits extends Error {}

// "Not now" about one mail says nothing about the next; a server that cannot be reached, or goes (421), says it about all.
function isServers(fault: Error): boolean {
  const code = (fault as { responseCode?: number }).responseCode ?? 0;
  return code < 400 || code === 421;
}

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
    private readonly logger: Logger,
  ) {}

  /** @throws when the server could not be reached or asked us to come back: the job tries again */
  async deliver(letter: Letter): Promise<void> {
    const fate = (await this.deliverAll([letter])).get(letter.key);
    if (fate === 'elsewhere') throw new MailInFlight();
    if (fate === 'waiting') throw new MailWaits();
  }

  /**
   * Sends many, one after the other. @returns what became of each, by its key
   * @throws as `deliver`, when the server could not be reached; what was sent before is settled, the rest waits
   */
  async deliverAll(letters: readonly Letter[]): Promise<Map<string, Fate>> {
    const fates = new Map<string, Fate>();
    const begun = this.clock.now();
    const claimed = new Set(
      (await this.sql.rows(claim, [letters.map((each) => each.key), letters.map((each) => each.kind), letters.map((each) => each.memberId), begun, later(begun, LEASE)])).map(({ key }) => key),
    );
    if (claimed.size < letters.length) await this.lookUp(letters.filter(({ key }) => !claimed.has(key)), fates);
    const ours = letters.filter(({ key }) => claimed.has(key));
    for (const [at, letter] of ours.entries()) {
      const late = this.clock.ms() - begun.getTime() > WORKING;
      const fault = late ? null : await this.send(letter, fates);
      if (late || (fault !== null && isServers(fault))) {
        // Those behind it have not been begun with: they wait for the next run.
        await this.sql.rows(release, [ours.slice(at).map(({ key }) => key)]);
        for (const { key } of ours.slice(at)) fates.set(key, 'waiting');
        if (fault !== null) throw fault;
        break;
      }
    }
    return fates;
  }

  /** @returns the error after which the job has to come back */
  private async send(letter: Letter, fates: Map<string, Fate>): Promise<Error | null> {
    const envelope = await this.envelopes.of(letter);
    try {
      await this.transport.send(envelope);
    } catch (error) {
      const code = (error as { responseCode?: number }).responseCode ?? 0;
      const final = code >= 500 && code < 600;
      await this.sql.rows(settle, [letter.key, final ? 'refused' : 'waiting', code, this.clock.now()]);
      fates.set(letter.key, final ? 'refused' : 'waiting');
      if (!final) return error as Error;
      this.logger.warn('a mail was refused for good', { kind: letter.kind, code });
      return null;
    }
    await this.sql.rows(settle, [letter.key, 'sent', 250, this.clock.now()]);
    fates.set(letter.key, 'sent');
    return null;
  }

  private async lookUp(letters: readonly Letter[], fates: Map<string, Fate>): Promise<void> {
    for (const { key, state } of await this.sql.rows(statesOf, [letters.map((each) => each.key)])) {
      fates.set(key, state === 'sent' || state === 'refused' ? state : 'elsewhere');
    }
  }
}
