import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FALLBACK_LOCALE, Messages } from '../i18n/messages.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import {
  feedCommunity,
  feedThreads,
  type FeedCommunity,
  type FeedRow,
} from './atom-feed.queries.js';
import { xmlText, xmlTime } from './xml.js';

export interface AtomDocument {
  readonly xml: string;
  /** Entity tag of the document, with quotes. */
  readonly etag: string;
  readonly updated: Date;
}

/**
 * The Atom feed of new threads of a public community: titles and reply wishes. Texts of posts and
 * names of authors are never part of it.
 */
@Injectable()
export class AtomFeed {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  /** @throws NotFound unless the community is public */
  async render(slug: string): Promise<AtomDocument> {
    const community = await this.sql.first(feedCommunity, {
      slug: slug.slice(0, 60).replaceAll('\u0000', ''),
    });
    if (community === null) throw new NotFound();
    const rows = await this.sql.rows(feedThreads, { communityId: community.id });
    const updated = rows.reduce(
      (latest, { lastPostAt }) => (lastPostAt > latest ? lastPostAt : latest),
      community.createdAt,
    );
    const xml = this.atom(community, rows, updated);
    const hash = createHash('sha256').update(xml).digest('base64url').slice(0, 27);
    return { xml, etag: `"${hash}"`, updated };
  }

  private atom(community: FeedCommunity, rows: FeedRow[], updated: Date): string {
    const locale = this.messages.locales.includes(community.language)
      ? community.language
      : FALLBACK_LOCALE;
    const { baseUrl } = this.config;
    const address = `${baseUrl}/c/${community.slug}`;
    // Host name and date of the first feed make the ids globally unique (RFC 4151).
    const id = (what: string): string => `tag:${new URL(baseUrl).hostname},2026-01-01:${what}`;
    const entries = rows.map(
      (row) => `<entry>
<id>${id(`thread-${row.id}`)}</id>
<title>${xmlText(row.title)}</title>
<link rel="alternate" type="text/html" href="${xmlText(`${baseUrl}/t/${row.id}`)}"/>
<published>${xmlTime(row.createdAt)}</published>
<updated>${xmlTime(row.lastPostAt)}</updated>
<summary>${xmlText(this.summary(locale, row))}</summary>
</entry>`,
    );
    return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(locale)}">
<id>${id(`community-${community.slug}`)}</id>
<title>${xmlText(community.name)}</title>
<subtitle>${xmlText(community.summary)}</subtitle>
<link rel="self" type="application/atom+xml" href="${xmlText(`${address}/feed.atom`)}"/>
<link rel="alternate" type="text/html" href="${xmlText(address)}"/>
<updated>${xmlTime(updated)}</updated>
<author><name>${xmlText(this.messages.text(locale, 'layout.site'))}</name></author>
${entries.join('\n')}${entries.length === 0 ? '' : '\n'}</feed>
`;
  }

  // The kind, the reply wish and the content notes of a thread; never the text of a post.
  private summary(locale: string, row: FeedRow): string {
    const t = (key: string, params?: Record<string, string | number>): string =>
      this.messages.text(locale, key, params);
    const notes =
      row.notes.length === 0
        ? []
        : [
            t('content.feed.notes', {
              notes: row.notes.map((note) => t(`posts.note.${note}`)).join(', '),
            }),
            row.summary,
          ];
    const sentences = [
      t('content.feed.need', {
        kind: t(`threads.kind.${row.kind}.label`),
        need: t(`threads.wish.${row.replyWish}.shown`),
      }),
      t('content.feed.replies', { count: row.replyCount }),
      ...notes,
    ];
    return sentences.filter((part) => part !== '').join(' ');
  }
}
