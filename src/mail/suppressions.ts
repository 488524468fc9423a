import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, type Tx } from '../kernel/database.js';
import { sign } from '../kernel/ids.js';
import { Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import {
  findDelivery,
  liftSuppression,
  resumeAfterWave,
  recentEmails,
  reclassifyWave,
  recordBounce,
  softBounces,
  suppressMail,
  waveSize,
} from './suppressions.queries.js';

/** Kinds that a mail service can report. */
export const BOUNCE_KINDS = ['hard', 'soft', 'complaint'] as const;
/** `sender`: the rejection concerns this server or its settings, not the mailbox. */
export type BounceKind = (typeof BOUNCE_KINDS)[number] | 'sender';

export interface BounceDetails {
  readonly kind: BounceKind;
  /** The enhanced status code, such as `5.1.1`. */
  readonly code: string | null;
  /** See `refusalKey`; null if unknown. */
  readonly refusal?: string | null;
  /** Domain of the recipient; only a keyed digest of it is stored. */
  readonly domain?: string | null;
}

/** This many soft bounces within this time count as a hard one. */
const SOFT_BOUNCES = 5;
const SOFT_WITHIN = 14 * DAY;
/**
 * A wave: rejections with the same text from this many domains, making up at least one in this many
 * emails sent. Even in a list that was never cleaned, only a few per cent of the addresses are
 * dead.
 */
const WAVE_DOMAINS = 5;
const WAVE_SHARE = 5;
const WAVE_WITHIN = DAY;

/**
 * The suppression list: members who receive no email except for account security, because their
 * address bounces or they reported spam. Stored by member, never by address.
 */
@Injectable()
export class Suppressions {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Records a bounce or complaint, once per email and kind, and suppresses the member's email if it
   * is sufficient. A rejection that concerns this server, by its text or because many domains
   * reject similarly, suppresses nobody and is logged for the operator.
   * @returns false for a tag or key of no known email
   */
  async record(email: { mark: string } | { key: string }, bounce: BounceDetails): Promise<boolean> {
    const about = { mark: null, key: null, ...email };
    return this.database.inTransaction(async (tx) => {
      const [known] = await this.sql.rowsIn(tx, findDelivery, about);
      if (known === undefined) return false;
      const now = this.clock.now();
      const { kind, code, refusal = null, domain = null } = bounce;
      const recorded = await this.sql.rowsIn(tx, recordBounce, {
        deliveryKey: known.deliveryKey,
        kind,
        memberId: known.memberId,
        code,
        refusal,
        domainDigest: domain === null ? null : this.digestOf(domain),
        now,
      });
      if (recorded.length === 0) return true;
      if (kind === 'sender')
        this.logger.warn('a server refuses mail because of this one', { code, refusal });
      else if (await this.suppresses(tx, known.memberId, bounce, now)) {
        const suppressed = await this.sql.rowsIn(tx, suppressMail, {
          memberId: known.memberId,
          reason: kind,
          now,
          sentAt: known.sentAt,
        });
        if (suppressed.length > 0)
          this.logger.info('mail to a member is suppressed', { reason: kind });
      }
      return true;
    });
  }

  /** Lifts a suppression: the address was confirmed or changed, which voids earlier bounces. */
  async lift(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, liftSuppression, { memberId, now: this.clock.now() });
  }

  private async suppresses(
    tx: Tx,
    memberId: string,
    { kind, refusal }: BounceDetails,
    now: Date,
  ): Promise<boolean> {
    if (kind === 'complaint') return true;
    if (kind === 'hard') return refusal == null || !(await this.endWave(tx, refusal, now));
    const since = later(now, -SOFT_WITHIN);
    const [found] = await this.sql.rowsIn(tx, softBounces, { memberId, since });
    return (found?.count ?? 0) >= SOFT_BOUNCES;
  }

  /**
   * If many domains reject in the same way at the same time, the mailboxes are not the cause.
   * Members suppressed since the wave began receive email again.
   * @returns whether it is a wave
   */
  private async endWave(tx: Tx, refusal: string, now: Date): Promise<boolean> {
    const since = later(now, -WAVE_WITHIN);
    const [wave] = await this.sql.rowsIn(tx, waveSize, { refusal, since });
    if (wave === undefined || wave.domains < WAVE_DOMAINS) return false;
    const [recent] = await this.sql.rowsIn(tx, recentEmails, { since });
    if (wave.refused * WAVE_SHARE < (recent?.count ?? 0)) return false;
    const lifted = await this.sql.rowsIn(tx, resumeAfterWave, { refusal, since, now });
    await this.sql.rowsIn(tx, reclassifyWave, { refusal, since });
    this.logger.warn('many servers refuse mail alike; nobody is suppressed for it', {
      refusal,
      domains: wave.domains,
      lifted: lifted.length,
    });
    return true;
  }

  private digestOf(domain: string): string {
    return sign(this.config.secret, 'mail-domain', domain.toLowerCase()).slice(0, 22);
  }
}
