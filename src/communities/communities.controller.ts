import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { MaxLength } from 'class-validator';
import type { Request } from 'express';
import { Form, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, CurrentMember, choiceQuery, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { AppError, NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { LISTED_VISIBILITIES, requireModerator } from './community-access.js';
import { CommunityAccess } from './community-access.service.js';
import { CommunityDirectory, type DirectoryFilter } from './community-directory.service.js';
import { DIFFICULTIES, FORMATS, SITUATIONS } from './community-tags.js';
import { directoryView, requestsView } from './directory.view.js';
import { Membership } from './membership.service.js';

class RequestAnswer {
  @MaxLength(1_000, { message: 'communities.error.note-long' })
  line = '';
}

/** The directory, leaving, and answering requests to join. */
@Controller()
export class CommunitiesController {
  constructor(
    private readonly directory: CommunityDirectory,
    private readonly access: CommunityAccess,
    private readonly membership: Membership,
  ) {}

  @Get('communities')
  @AllowReplicaLag()
  @PublicPage()
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const languages = await this.directory.languages();
    const filter = readFilter(req, languages);
    const [communities, facets] = await Promise.all([
      this.directory.list(viewer, filter),
      this.directory.facets(filter),
    ]);
    const view = directoryView(communities, filter, languages, facets, i18n);
    return page('communities/directory', view, {
      titleKey: 'communities.title',
      indexable: true,
      canonical: '/communities',
      madeOf: ['communities', 'activity'],
    });
  }

  @Post('c/:slug/leave')
  async leave(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.membership.leave(viewer, await this.access.load(viewer, slug));
    return seeOther('/communities', 'communities.notice.left');
  }

  @Get('c/:slug/requests')
  async requests(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.access.load(viewer, slug);
    const view = requestsView(community, await this.membership.requests(viewer, community), i18n);
    return page('communities/requests', view, { titleKey: 'communities.requests.title' });
  }

  @Post('c/:slug/requests/:handle/:answer')
  async answer(
    @CurrentMember() viewer: Viewer,
    @Param() params: { slug: string; handle: string; answer: string },
    @Form(RequestAnswer) form: Submitted<RequestAnswer>,
  ): Promise<SeeOther> {
    if (params.answer !== 'accept' && params.answer !== 'decline') throw new NotFound();
    const community = await this.access.load(viewer, params.slug);
    requireModerator(viewer, community);
    if (!form.valid) throw new AppError(422, 'communities.error.note-long');
    await this.membership.answer(viewer, community, params.handle, params.answer, form.value.line);
    return seeOther(`/c/${params.slug}/requests`, 'communities.notice.answered');
  }
}

/** Ignores unknown values. */
function readFilter(req: Request, languages: readonly string[]): DirectoryFilter {
  return {
    text: (textQuery(req, 'q') ?? '').trim().replaceAll('\u0000', '').slice(0, 80),
    difficulty: choiceQuery(req, 'difficulty', DIFFICULTIES),
    situation: choiceQuery(req, 'situation', SITUATIONS),
    format: choiceQuery(req, 'format', FORMATS),
    language: choiceQuery(req, 'language', languages),
    visibility: choiceQuery(req, 'open', LISTED_VISIBILITIES),
  };
}
