import { Injectable } from '@nestjs/common';
import { Messages } from '../i18n/messages.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { atomDocument, latest, type AtomDocument } from './atom.js';
import { feedCommunity, feedThreads, type FeedRow } from './atom-feed.queries.js';

/**
 * The Atom feed of new threads in a public community: titles and reply wishes. Never contains texts
 * of posts or names of authors.
 */
@Injectable()
export class AtomFeed {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  /**
   * @param viewer whose filters apply, as in lists
   * @throws NotFound unless the community is public
   */
  async render(viewer: MaybeViewer, slug: string): Promise<AtomDocument> {
    const community = await this.sql.first(feedCommunity, {
      slug: slug.slice(0, 60).replaceAll('\u0000', ''),
    });
    if (community === null) throw new NotFound();
    const rows = await this.sql.rows(feedThreads, {
      communityId: community.id,
      viewerId: viewer?.memberId ?? null,
    });
    const locale = this.messages.supported(community.language);
    const { baseUrl } = this.config;
    const page = `${baseUrl}/c/${community.slug}`;
    return atomDocument(baseUrl, {
      id: `community-${community.slug}`,
      locale,
      title: community.name,
      subtitle: community.summary,
      self: `${page}/feed.atom`,
      page,
      author: this.messages.text(locale, 'layout.site'),
      updated: latest(
        community.createdAt,
        rows.map(({ lastPostAt }) => lastPostAt),
      ),
      entries: rows.map((row) => ({
        id: `thread-${row.id}`,
        title: row.title,
        href: `${baseUrl}/t/${row.id}`,
        published: row.createdAt,
        updated: row.lastPostAt,
        summary: threadSummary(this.messages, locale, row),
      })),
    });
  }
}

/** The kind, the reply wish and the content notes of a thread; never the text of a post. */
export function threadSummary(
  messages: Messages,
  locale: string,
  row: Pick<FeedRow, 'kind' | 'replyWish' | 'replyCount' | 'notes' | 'summary'>,
): string {
  const t = (key: string, params?: Record<string, string | number>): string =>
    messages.text(locale, key, params);
  const sentences = [
    t('content.feed.need', {
      kind: t(`threads.kind.${row.kind}.shown`),
      need: t(`threads.wish.${row.replyWish}.shown`),
    }),
    t('content.feed.replies', { count: row.replyCount }),
    ...noteSentences(messages, locale, row),
  ];
  return sentences.filter((part) => part !== '').join(' ');
}

/** Sentences for a post's content notes and its author's summary; empty without notes. */
export function noteSentences(
  messages: Messages,
  locale: string,
  row: Pick<FeedRow, 'notes' | 'summary'>,
): string[] {
  if (row.notes.length === 0) return [];
  const notes = row.notes.map((note) => messages.text(locale, `posts.note.${note}`)).join(', ');
  return [messages.text(locale, 'content.feed.notes', { notes }), row.summary];
}
