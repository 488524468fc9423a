import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CommunityAccess } from '../communities/community-access.service.js';
import { page, type Page } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityPage } from './community-page.service.js';
import { communityPageView } from './community-page.view.js';
import { SORTS } from './thread-list.queries.js';

/** The page of a community. */
@Controller('c/:slug')
export class CommunityPageController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly communityPage: CommunityPage,
  ) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    const community = await this.access.load(viewer, slug);
    const facts = await this.communityPage.read(viewer, community, {
      sort: SORTS.find((known) => known === textQuery(req, 'sort')) ?? 'active',
      topic: community.topics.find((known) => known === textQuery(req, 'tag')) ?? null,
      after: textQuery(req, 'after'),
    });
    return page('communities/community', communityPageView(facts, i18n), {
      title: community.name,
      indexable: community.searchEnginesSince !== null,
      canonical: `/c/${slug}`,
      madeOf: [`community:${community.id}`, 'communities', 'people'],
      feed:
        community.visibility === 'public' && !community.archived
          ? `/c/${slug}/feed.atom`
          : undefined,
    });
  }
}
