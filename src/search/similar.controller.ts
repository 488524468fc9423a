import { Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { requireCanPost, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { submittedValues } from '../http/form.js';
import { page, type Page } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { IdPipe, I18n, CurrentMember, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Templates } from '../rendering/templates.js';
import type { Translator } from '../i18n/translator.js';
import { Drafts } from '../posts/drafts.service.js';
import { ThreadAccess } from '../threads/thread-access.js';
import { similarView } from './search-results.view.js';
import { SimilarSearch } from './similar.service.js';
import { draftText, similarToDraftView, similarToThreadView } from './similar.view.js';

/** Similar threads and strategies, for a thread and before posting one. */
@Controller()
export class SimilarController {
  constructor(
    private readonly similar: SimilarSearch,
    private readonly communities: CommunityAccess,
    private readonly threads: ThreadAccess,
    private readonly drafts: Drafts,
    private readonly limits: RateLimits,
    private readonly templates: Templates,
  ) {}

  @Get('t/:id/similar')
  @AllowReplicaLag()
  async beside(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const thread = await this.threads.load(viewer, id);
    const similar = await this.similar.toThread(viewer, thread, i18n.locale);
    return page('search/beside', similarToThreadView(thread, similar, i18n), {
      titleKey: 'search.similar.title',
    });
  }

  /**
   * Without JavaScript: a page with similar content and the form to submit again. Saves the draft.
   */
  @Post('c/:slug/similar')
  @HttpCode(200)
  async before(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    const community = await this.writable(viewer, slug);
    const values = submittedValues(req.body);
    await this.limits.count('similar', viewer.memberId, 200, 3_600);
    await this.drafts.keep(viewer.memberId, `/c/${slug}/threads`, values);
    const similar = await this.similar.toText(viewer, draftText(values), i18n.locale);
    return page('search/before', similarToDraftView(community, values, similar, i18n), {
      titleKey: 'search.similar.title',
    });
  }

  /** With JavaScript: the same as an HTML fragment. Stores nothing. */
  @Post('c/:slug/similar/list')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'private, no-store')
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<string> {
    await this.writable(viewer, slug);
    await this.limits.count('similar', viewer.memberId, 200, 3_600);
    const text = draftText(submittedValues(req.body));
    const similar = await this.similar.toText(viewer, text, i18n.locale);
    return this.templates.render('partials/similar-things', similarView(similar, i18n), {
      locale: i18n.locale,
    });
  }

  private async writable(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.communities.load(viewer, slug);
    requireCanPost(viewer, community);
    return community;
  }
}
