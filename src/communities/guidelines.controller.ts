import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { CurrentViewer, I18n } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { CommunityAccess } from './community-access.service.js';
import { guidelineVersions, policies } from './guidelines.queries.js';
import { guidelinesView } from './guidelines.view.js';

/** All versions of a community's guidelines, and how posting works there. */
@Controller('c/:slug/guidelines')
export class GuidelinesController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly sql: Sql,
  ) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.access.load(viewer, slug);
    const [versions, row] = await Promise.all([
      this.sql.rows(guidelineVersions, { communityId: community.id }),
      this.sql.first(policies, { communityId: community.id }),
    ]);
    if (row === null) throw new NotFound();
    return page('communities/guidelines', guidelinesView(community, versions, row, i18n), {
      titleKey: 'communities.guidelines-page.title',
      titleParams: { name: community.name },
      madeOf: [`community:${community.id}`],
    });
  }
}
