import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AtomFeed } from './atom-feed.service.js';

/** Seconds that a feed reader may cache a feed. */
const MAX_AGE = 300;

/** The Atom feed of a public community, with conditional requests. */
@Controller('c/:slug/feed.atom')
export class AtomFeedController {
  constructor(private readonly feed: AtomFeed) {}

  @Get()
  async show(
    @Param('slug') slug: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const { xml, etag, updated } = await this.feed.render(slug);
    res.setHeader('ETag', etag);
    res.setHeader('Last-Modified', updated.toUTCString());
    res.setHeader('Cache-Control', `public, max-age=${MAX_AGE}`);
    res.setHeader('X-Robots-Tag', 'noindex');
    res.setHeader('Content-Type', 'application/atom+xml; charset=utf-8');
    if (!isCached(req, etag, updated)) return xml;
    res.status(304);
    return '';
  }
}

// RFC 9110, 13.1: entity tags take precedence over the date.
function isCached(req: Request, etag: string, updated: Date): boolean {
  const tags = req.headers['if-none-match'];
  if (tags !== undefined)
    return tags === '*' || tags.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(req.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(updated.getTime() / 1_000) * 1_000 <= since;
}
