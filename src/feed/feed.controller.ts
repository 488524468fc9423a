import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../http/page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CombinedFeed } from './combined-feed.service.js';
import { feedView } from './feed.view.js';

/** New threads of all the member's communities in one list. */
@Controller('feed')
export class CombinedFeedController {
  constructor(private readonly feed: CombinedFeed) {}

  @Get()
  @AllowReplicaLag()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const threads = await this.feed.page(viewer, textQuery(req, 'after'));
    return page('finding/feed', feedView(threads, i18n), { titleKey: 'finding.feed.title' });
  }
}
