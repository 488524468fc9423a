import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { FALLBACK_LOCALE, Messages } from '../i18n/messages.js';
import { Sql } from '../kernel/sql.js';
import { feedCommunity, feedThreads, type FeedCommunity, type FeedRow } from './reach.queries.js';
import { xmlText, xmlTime } from './xml.js';

/** Seconds that a reader may keep a feed. */
const FRESH = 300;

/**
 * New threads of an open community for feed readers: titles, and what is needed. What people wrote
 * stays on the site, and so do their names.
 */
@Controller('c/:slug/feed.atom')
export class AtomFeedController {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  @Get()
  async show(
    @Param('slug') slug: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
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
    const tag = `"${createHash('sha256').update(xml).digest('base64url').slice(0, 27)}"`;
    res.setHeader('ETag', tag);
    res.setHeader('Last-Modified', updated.toUTCString());
    res.setHeader('Cache-Control', `public, max-age=${FRESH}`);
    res.setHeader('X-Robots-Tag', 'noindex');
    res.setHeader('Content-Type', 'application/atom+xml; charset=utf-8');
    if (!isKnown(req, tag, updated)) return xml;
    res.status(304);
    return '';
  }

  private atom(community: FeedCommunity, rows: FeedRow[], updated: Date): string {
    const locale = this.messages.locales.includes(community.language)
      ? community.language
      : FALLBACK_LOCALE;
    const { baseUrl } = this.config;
    // The day the first feed was made: with the host's name it makes ids that nobody else gives
    // (RFC 4151).
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
<link rel="self" type="application/atom+xml" href="${xmlText(`${baseUrl}/c/${community.slug}/feed.atom`)}"/>
<link rel="alternate" type="text/html" href="${xmlText(`${baseUrl}/c/${community.slug}`)}"/>
<updated>${xmlTime(updated)}</updated>
<author><name>${xmlText(this.messages.text(locale, 'layout.site'))}</name></author>
${entries.join('\n')}${entries.length === 0 ? '' : '\n'}</feed>
`;
  }

  /** Never the words of the post: what kind it is, what is needed, what it touches. */
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
    const said = [
      t('content.feed.need', {
        kind: t(`threads.kind.${row.kind}.label`),
        need: t(`threads.wish.${row.replyWish}.shown`),
      }),
      t('content.feed.replies', { count: row.replyCount }),
      ...notes,
    ];
    return said.filter((part) => part !== '').join(' ');
  }
}

function isKnown(req: Request, tag: string, updated: Date): boolean {
  const tags = req.headers['if-none-match'];
  if (tags !== undefined)
    return tags === '*' || tags.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
  const since = Date.parse(req.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(updated.getTime() / 1_000) * 1_000 <= since;
}
