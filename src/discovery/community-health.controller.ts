import { Controller, Get, Param } from '@nestjs/common';
import { requireModerator } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { page, type Page } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityHealth } from './community-health.service.js';
import { healthView } from './community-health.view.js';

/** A community's statistics for its moderators: waiting threads, newcomers, time to reply. */
@Controller('c/:slug/health')
export class CommunityHealthController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly health: CommunityHealth,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.access.load(viewer, slug);
    requireModerator(viewer, community);
    const view = healthView(community, await this.health.of(community.id), i18n);
    return page('finding/health', view, { titleKey: 'finding.health.title' });
  }
}
