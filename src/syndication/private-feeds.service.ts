import { Injectable } from '@nestjs/common';
import { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../i18n/messages.js';
import { Clock, HOUR } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database } from '../kernel/database.js';
import { FieldError, Forbidden, NotFound } from '../kernel/errors.js';
import { hashToken } from '../kernel/ids.js';
import { runWithSecret } from '../kernel/secret-shown-once.js';
import { Sql } from '../kernel/sql.js';
import { postPath } from '../posts/post-address.js';
import { atomDocument, latest, type AtomDocument, type AtomEntry } from './atom.js';
import { noteSentences, threadSummary } from './atom-feed.service.js';
import type { PrivateFeedForm } from './private-feeds.dto.js';
import {
  createFeed,
  feedByToken,
  hasFeed,
  newReplies,
  newThreads,
  ownFeeds,
  revokeFeed,
  useFeed,
  type FeedByToken,
  type PrivateEntryRow,
  type PrivateFeedRow,
} from './private-feeds.queries.js';

/**
 * Rate limit for reading one feed in an hour; a reader that polls every five minutes needs twelve.
 */
export const READS_PER_HOUR = 60;

/** A feed that its member has revoked. */
export interface RevokedFeed {
  readonly revokedText: string;
}

/**
 * Private Atom feeds, each with a token in its URL. The token is not a session: it only opens this
 * one feed, until the member revokes it. Only its digest is stored.
 */
@Injectable()
export class PrivateFeeds {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly limits: RateLimits,
  ) {}

  list(viewer: Viewer): Promise<PrivateFeedRow[]> {
    return this.sql.rows(ownFeeds, { memberId: viewer.memberId });
  }

  /**
   * @returns the URL of the new feed, shown again only if the same form is submitted twice
   * @throws FieldError if the member has too many feeds, or one with that name
   * @throws Forbidden on a shared device, where the URL would remain
   */
  async create(viewer: Viewer, form: PrivateFeedForm): Promise<string> {
    if (viewer.sharedDevice) throw new Forbidden('feeds.error.shared');
    const { memberId } = viewer;
    const { idempotencyKey: key, name, scope, titles } = form;
    const now = this.clock.now();
    const token = await this.database.inTransaction((tx) =>
      runWithSecret(
        tx,
        this.config.secret,
        {
          memberId,
          what: 'private-feed',
          key,
          words: [name, scope, titles],
          stands: async (inTx, secret) =>
            (await this.sql.rowsIn(inTx, hasFeed, { memberId, token: hashToken(secret) })).length >
            0,
        },
        now,
        async (secret) => {
          const token = hashToken(secret);
          const fields = { memberId, token, name, scope, titles, now };
          const [created] = await this.sql.rowsIn(tx, createFeed, fields);
          if (created === undefined) throw new FieldError('name', 'feeds.error.taken');
        },
      ),
    );
    return `${this.config.baseUrl}/feeds/${token}.atom`;
  }

  async revoke(viewer: Viewer, id: string): Promise<void> {
    const now = this.clock.now();
    await this.sql.rows(revokeFeed, { memberId: viewer.memberId, id, now });
  }

  /**
   * @param token from the URL
   * @throws NotFound if no feed has the token, or the account is closed
   * @throws TooManyRequests
   */
  async render(token: string): Promise<AtomDocument | RevokedFeed> {
    const now = this.clock.now();
    const feed = await this.sql.first(feedByToken, { token: hashToken(token), now });
    if (feed === null) throw new NotFound();
    const locale = this.messages.supported(feed.locale);
    if (feed.revoked) return { revokedText: this.messages.text(locale, 'feeds.revoked') };
    await this.limits.count('private-feed', feed.id, READS_PER_HOUR, HOUR / 1_000);
    if (feed.stale) await this.sql.rows(useFeed, { id: feed.id, now });
    const query = feed.scope === 'communities' ? newThreads : newReplies;
    return this.document(feed, await this.sql.rows(query, { memberId: feed.memberId }), locale);
  }

  private document(
    feed: FeedByToken,
    rows: readonly PrivateEntryRow[],
    locale: string,
  ): AtomDocument {
    const { baseUrl } = this.config;
    return atomDocument(baseUrl, {
      id: `private-feed-${feed.id}`,
      locale,
      title: feed.name,
      subtitle: '',
      // A self link would leak the token whenever a reader shares the feed.
      self: null,
      page: feed.scope === 'communities' ? `${baseUrl}/feed` : `${baseUrl}/mine/threads`,
      author: feed.titles ? this.messages.text(locale, 'layout.site') : feed.name,
      updated: latest(
        feed.createdAt,
        rows.map(({ createdAt }) => createdAt),
      ),
      entries: rows.map((row) => this.entry(row, feed.titles, locale)),
    });
  }

  // Never contains the text of a post or the name of its author; without `titles`, nothing about
  // its subject.
  private entry(row: PrivateEntryRow, titles: boolean, locale: string): AtomEntry {
    const { threadId, number, title, communityName, createdAt } = row;
    const path = number === null ? `/t/${threadId}` : postPath(threadId, number);
    const what = number === null ? 'thread' : 'reply';
    const words = (key: string, params = {}): string => this.messages.text(locale, key, params);
    const about =
      number === null
        ? threadSummary(this.messages, locale, row)
        : noteSentences(this.messages, locale, row)
            .filter((each) => each !== '')
            .join(' ');
    return {
      id: number === null ? `thread-${threadId}` : `thread-${threadId}-${number}`,
      title: titles ? words(`feeds.${what}`, { title }) : words(`feeds.neutral.${what}`),
      href: `${this.config.baseUrl}${path}`,
      published: createdAt,
      updated: createdAt,
      summary: titles ? `${communityName}. ${about}`.trim() : '',
    };
  }
}
