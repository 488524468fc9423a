import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { MINUTE } from '../../kernel/clock.js';
import { describeError, Logger } from '../../kernel/logger.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';

/** One question for all who listen, whoever they are and however many. */
const EVERY = 5_000;
/** A line now and then, so that nothing in between takes the connection for dead. */
const SIGN_OF_LIFE = 25_000;
/** Then the browser asks again, and the session is looked at again. */
const LIFE = 5 * MINUTE;
const MOST = 2_000;
const MOST_EACH = 4;

interface Stream {
  readonly memberId: string;
  readonly i18n: Translator;
  readonly res: Response;
  readonly ends: number;
  count: number;
  heard: number;
}

const unread = statement<{ members: readonly string[] }, { memberId: string; count: number }>(
  'notifications.unread',
  `
    select n.member_id as "memberId", least(count(*), 100)::int as count
    from notices n
    join members m on m.id = n.member_id
    where n.member_id = any(:members::bigint[])
      and n.read_at is null
      and (m.break_until is null or m.break_until <= now())
    group by n.member_id
  `,
);

/**
 * Tells open pages how many notices wait (server-sent events): bounded in number and time, closed
 * when the process stops.
 */
@Injectable()
export class UnreadStreams implements OnModuleDestroy {
  private readonly streams = new Set<Stream>();
  private timer: NodeJS.Timeout | null = null;
  private stopping = false;

  constructor(
    private readonly sql: Sql,
    private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.streams.size;
  }

  /** @returns false where there is no room: the page goes on without */
  open(memberId: string, count: number, i18n: Translator, res: Response): boolean {
    const own = [...this.streams].filter((each) => each.memberId === memberId);
    if (this.stopping || this.streams.size >= MOST) return false;
    if (own.length >= MOST_EACH) this.end(own[0]);
    const now = performance.now();
    const stream: Stream = { memberId, i18n, res, ends: now + LIFE, count, heard: now };
    res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    res.write(`retry: ${EVERY * 2}\n\n`);
    res.flushHeaders();
    res.on('close', () => this.streams.delete(stream));
    this.streams.add(stream);
    this.wake();
    return true;
  }

  // Before the server waits for its answers: a stream would never end by itself.
  onModuleDestroy(): void {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    for (const stream of this.streams) this.end(stream);
  }

  /** Asks once for all and tells those for whom something has changed. */
  async look(): Promise<void> {
    const members = [...new Set([...this.streams].map((each) => each.memberId))];
    if (members.length === 0) return;
    const counts = new Map(
      (await this.sql.rows(unread, { members })).map((row) => [row.memberId, row.count]),
    );
    const now = performance.now();
    for (const stream of this.streams) {
      const count = counts.get(stream.memberId) ?? 0;
      if (count !== stream.count) this.tell(stream, count, now);
      else if (now - stream.heard > SIGN_OF_LIFE) this.say(stream, ':\n\n', now);
      if (now > stream.ends) this.end(stream);
    }
  }

  private tell(stream: Stream, count: number, now: number): void {
    stream.count = count;
    this.say(
      stream,
      `data: ${JSON.stringify({ count, label: stream.i18n.t('layout.nav.inboxNew', { count }) })}\n\n`,
      now,
    );
  }

  private say(stream: Stream, text: string, now: number): void {
    stream.heard = now;
    stream.res.write(text);
  }

  private end(stream: Stream | undefined): void {
    if (stream === undefined) return;
    this.streams.delete(stream);
    stream.res.end();
  }

  private wake(): void {
    if (this.timer !== null || this.stopping) return;
    this.timer = setTimeout(() => {
      void this.look()
        .catch((error: unknown) =>
          this.logger.debug('the unread notices could not be counted', describeError(error)),
        )
        .finally(() => {
          this.timer = null;
          if (this.streams.size > 0) this.wake();
        });
    }, EVERY).unref();
  }
}
