import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { atomResponse } from './atom.js';
import { AtomFeed } from './atom-feed.service.js';
import { CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { AllowReplicaLag } from '../http/replica-reads.js';

/** How long a feed reader may cache a feed, in seconds. */
const MAX_AGE = 300;

/**
 * The Atom feed of a public community, with conditional requests. A logged-in member gets it
 * without the threads that their filters hide.
 */
@Controller('c/:slug/feed.atom')
export class AtomFeedController {
  constructor(private readonly feed: AtomFeed) {}

  @Get()
  @AllowReplicaLag()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @Param('slug') slug: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const document = await this.feed.render(viewer, slug);
    res.vary('Cookie');
    const caching = viewer === null ? `public, max-age=${MAX_AGE}` : 'private, no-cache';
    return atomResponse(document, caching, req, res);
  }
}
