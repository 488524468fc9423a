import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, networkOf } from '../../http/request.js';
import { NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { Shares } from './shares.service.js';
import { sharedView } from './shares.view.js';

/**
 * The page behind a share link: only the shared thing, without anything that identifies its owner.
 */
@Controller('shared')
export class SharedController {
  constructor(
    private readonly shares: Shares,
    private readonly limits: RateLimits,
  ) {}

  @Get(':token')
  async show(
    @I18n() i18n: Translator,
    @Param('token') token: string,
    @Req() req: Request,
  ): Promise<Page> {
    await this.limits.count('shared', networkOf(req), 240, 3_600);
    const share = await this.shares.find(token);
    const view = sharedView(await this.shares.contentOf(share), share, i18n);
    if (view === null) throw new NotFound('toolkit.error.shared');
    return page('toolkit/shared', view, {
      titleKey: 'toolkit.shared.title',
      headers: { 'X-Robots-Tag': 'noindex, nofollow, noarchive' },
    });
  }
}
