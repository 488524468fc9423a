import { Controller, Get } from '@nestjs/common';
import { Moderator } from '../../http/guards.js';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { ModerationStats } from './stats.service.js';
import { statsPageView, transparencyView } from './stats.view.js';

/**
 * Moderation statistics: for moderators those of their communities, for everybody those of the
 * site.
 */
@Controller()
export class StatsController {
  constructor(private readonly stats: ModerationStats) {}

  @Moderator()
  @Get('mod/stats')
  async ofModerator(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const figures = await this.stats.quarter(viewer);
    return page('moderation/stats', statsPageView(figures, i18n), {
      titleKey: 'moderation.stats.title',
    });
  }

  @Get('transparency')
  async transparency(@I18n() i18n: Translator): Promise<Page> {
    const year = await this.stats.year();
    return page('moderation/transparency', transparencyView(year, i18n), {
      titleKey: 'moderation.transparency.title',
      indexable: true,
      publicFor: 300,
    });
  }
}
