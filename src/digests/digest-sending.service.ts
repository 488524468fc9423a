import { Injectable } from '@nestjs/common';
import { Clock, DAY, later, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Messages } from '../i18n/messages.js';
import { Sql } from '../kernel/sql.js';
import { Translator } from '../i18n/translator.js';
import { Mailer, type DeliveryStatus, type Email } from '../mail/mailer.js';
import { UnsubscribeTokens } from '../notifications/preferences/unsubscribe-tokens.js';
import { isTimeToAsk } from '../notifications/preferences/mail-choices.js';
import { DigestContent, isNews, type Counts, type Items } from './digest-content.js';
import {
  claimDigests,
  readersOf,
  sayGoodbye,
  settleDigests,
  type Claimed,
  type ReaderRow,
} from './digest-rows.queries.js';
import { digestGroups, digestLines } from './digest.view.js';

const AT_A_TIME = 200;
/**
 * Longer than the lease of the mails within: a digest is not composed again while its mail may
 * still be under way.
 */
const LEASE = 4 * MINUTE;
/** After so many tries a digest is given up; the next one is another. */
const MOST_TRIES = 12;
/** Whoever has not been seen for so long is written to once more, and then left in peace. */
const LONG_ABSENT = 180 * DAY;

interface Ready extends Claimed {
  readonly reader: ReaderRow;
}

/**
 * Sends digests, a batch at a time: claimed for a while, composed from the world as it is, handed
 * over one by one, settled. Killed at any point, another worker claims what was left; the mail's
 * key sees to it that what went out is not sent again.
 */
@Injectable()
export class DigestSending {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly content: DigestContent,
    private readonly mailer: Mailer,
    private readonly tokens: UnsubscribeTokens,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  /** @returns how many digests it settled or put off; 0 when nothing is left to do */
  async sendBatch(): Promise<number> {
    const now = this.clock.now();
    const claimed = await this.sql.rows(claimDigests, {
      now,
      endLease: later(now, LEASE),
      limit: AT_A_TIME,
    });
    if (claimed.length === 0) return 0;
    const readers = new Map(
      (await this.sql.rows(readersOf, { digests: claimed.map(({ id }) => id), now })).map((row) => [
        row.id,
        row,
      ]),
    );
    const settled = new Map<string, string>();
    const ready: Ready[] = [];
    for (const digest of claimed) {
      const reader = readers.get(digest.id);
      if (reader?.delivered === 'sent' || reader?.delivered === 'refused')
        settled.set(digest.id, reader.delivered);
      else if (digest.attempts > MOST_TRIES) settled.set(digest.id, 'refused');
      else if (reader === undefined) settled.set(digest.id, 'declined');
      else ready.push({ ...digest, reader });
    }
    await this.send(ready, settled, now);
    const sent = [...settled];
    await this.sql.rows(settleDigests, {
      digests: sent.map(([id]) => id),
      whatBecameEach: sent.map(([, status]) => status),
      now: this.clock.now(),
    });
    return claimed.length;
  }

  private async send(
    ready: readonly Ready[],
    settled: Map<string, string>,
    now: Date,
  ): Promise<void> {
    const counts = await this.content.counts(ready, 'mailing');
    const news: Ready[] = [];
    for (const digest of ready) {
      const own = counts.get(digest.id);
      if (own !== undefined && isNews(own)) news.push(digest);
      else settled.set(digest.id, 'empty');
    }
    const items = await this.content.items(
      news.filter(({ reader }) => reader.content),
      'mailing',
      'en',
    );
    const tokens = await this.tokens.make(
      news.map(({ memberId, reader }) => ({
        memberId,
        seed: reader.seed,
        scope: 'digest' as const,
      })),
    );
    const absent = news.filter(
      ({ reader }) => now.getTime() - reader.seenAt.getTime() > LONG_ABSENT,
    );
    const letters = news.map((digest, at) => {
      const leaveToken = tokens[at] ?? '';
      return absent.includes(digest)
        ? this.letter(digest, 'goodbye', leaveToken, {})
        : this.letter(
            digest,
            'digest',
            leaveToken,
            this.view(digest, counts.get(digest.id), items.get(digest.id), now),
          );
    });
    const fates = await this.mailer.deliverAll(letters);
    const fate = (digest: Ready): DeliveryStatus | undefined => fates.get(keyOf(digest));
    const gone = absent.filter((digest) => fate(digest) === 'sent');
    if (gone.length > 0)
      await this.sql.rows(sayGoodbye, { members: gone.map(({ memberId }) => memberId), now });
    for (const digest of news) {
      const is = fate(digest);
      if (is === 'sent' || is === 'refused') settled.set(digest.id, is);
    }
  }

  private letter(
    digest: Ready,
    template: 'digest' | 'goodbye',
    leaveToken: string,
    view: object,
  ): Email {
    const { reader } = digest;
    return {
      key: keyOf(digest),
      kind: 'digest',
      memberId: digest.memberId,
      to: reader.email,
      locale: reader.locale ?? 'en',
      template,
      look: reader,
      leaveToken,
      about: `${digest.memberId} digests`,
      view,
    };
  }

  private view(
    digest: Ready,
    counts: Counts | undefined,
    items: Items | undefined,
    now: Date,
  ): object {
    const { reader } = digest;
    const i18n = new Translator(
      this.messages,
      reader.locale ?? 'en',
      now,
      reader.timeZone ?? undefined,
    );
    return {
      lines: counts === undefined ? [] : digestLines(counts, i18n),
      groups: items === undefined ? [] : digestGroups(items, this.config.baseUrl, i18n),
      link: `${this.config.baseUrl}/digests/${digest.id}`,
      // Whoever has never said gets no digest, unless they chose one: then they have said it.
      askAgain: reader.mailSafeAt !== null && isTimeToAsk('yes', reader.mailSafeAt, now),
    };
  }
}

function keyOf(digest: { id: string }): string {
  return `digest:${digest.id}`;
}
