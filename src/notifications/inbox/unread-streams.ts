import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { MINUTE } from '../../kernel/clock.js';
import { describeError, Logger } from '../../kernel/logger.js';
import { Sql } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { unreadCounts } from './unread-streams.queries.js';

/** Milliseconds between two queries; a single query serves all streams. */
const POLL_INTERVAL = 5_000;
/**
 * Milliseconds of silence after which a comment is sent, so that proxies keep the connection open.
 */
const KEEP_ALIVE = 25_000;
/** Maximum lifetime of a stream; the browser then reconnects, and the session is checked again. */
const MAX_AGE = 5 * MINUTE;
const MAX_STREAMS = 2_000;
const MAX_STREAMS_OF_MEMBER = 4;

type StreamViewer = Pick<Viewer, 'memberId' | 'sessionId'>;

interface Stream {
  readonly memberId: string;
  readonly sessionId: string;
  readonly i18n: Translator;
  readonly res: Response;
  readonly endsAt: number;
  count: number;
  sentAt: number;
}

/**
 * Pushes the number of unread notices to open pages with server-sent events. Streams are limited in
 * number and age, and closed when the process stops.
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

  /**
   * Opens a stream, closing the member's oldest if they have too many.
   * @returns false if no more streams are accepted
   */
  open(viewer: StreamViewer, count: number, i18n: Translator, res: Response): boolean {
    const { memberId, sessionId } = viewer;
    const own = [...this.streams].filter((each) => each.memberId === memberId);
    if (this.stopping || this.streams.size >= MAX_STREAMS) return false;
    if (own.length >= MAX_STREAMS_OF_MEMBER) this.end(own[0]);
    const now = performance.now();
    const endsAt = now + MAX_AGE;
    const stream: Stream = { memberId, sessionId, i18n, res, endsAt, count, sentAt: now };
    res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    res.write(`retry: ${POLL_INTERVAL * 2}\n\n`);
    res.flushHeaders();
    res.on('close', () => this.streams.delete(stream));
    this.streams.add(stream);
    this.schedule();
    return true;
  }

  // On shutdown the server waits for open responses, and a stream would never end by itself.
  onModuleDestroy(): void {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    for (const stream of this.streams) this.end(stream);
  }

  /** Queries the counts of all sessions once, and sends those that have changed. */
  async poll(): Promise<void> {
    const sessions = new Set([...this.streams].map((each) => each.sessionId));
    if (sessions.size === 0) return;
    const rows = await this.sql.rows(unreadCounts, { sessions: [...sessions] });
    const counts = new Map(rows.map((row) => [row.sessionId, row.count]));
    const now = performance.now();
    for (const stream of this.streams) {
      // Opened while the query was running.
      if (!sessions.has(stream.sessionId)) continue;
      const count = counts.get(stream.sessionId);
      if (count === undefined) {
        this.end(stream);
        continue;
      }
      if (count !== stream.count) this.sendCount(stream, count, now);
      else if (now - stream.sentAt > KEEP_ALIVE) this.write(stream, ':\n\n', now);
      if (now > stream.endsAt) this.end(stream);
    }
  }

  private sendCount(stream: Stream, count: number, now: number): void {
    stream.count = count;
    const label = stream.i18n.t('layout.nav.inboxNew', { count });
    this.write(stream, `data: ${JSON.stringify({ count, label })}\n\n`, now);
  }

  private write(stream: Stream, text: string, now: number): void {
    stream.sentAt = now;
    stream.res.write(text);
  }

  private end(stream: Stream | undefined): void {
    if (stream === undefined) return;
    this.streams.delete(stream);
    stream.res.end();
  }

  private schedule(): void {
    if (this.timer !== null || this.stopping) return;
    this.timer = setTimeout(() => {
      void this.poll()
        .catch((error: unknown) =>
          this.logger.debug('the unread notices could not be counted', describeError(error)),
        )
        .finally(() => {
          this.timer = null;
          if (this.streams.size > 0) this.schedule();
        });
    }, POLL_INTERVAL).unref();
  }
}
