import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { MaxLength } from 'class-validator';
import type { Request } from 'express';
import { escapeLike } from '../http/pagination.js';
import { Form, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { AppError, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { canModerate, VISIBILITIES } from './community-access.js';
import { DIFFICULTIES, SITUATIONS } from './community-tags.js';
import { CommunityAccess } from './community-access.service.js';
import { directory, listedLanguages, requests } from './communities.queries.js';
import { communityCard } from './communities.view.js';
import { Membership } from './membership.service.js';
import {
  difficultyOptions,
  languageOptions,
  openOptions,
  situationOptions,
} from './tag-choices.js';

class JoinForm {
  @MaxLength(1_000, { message: 'communities.error.note-long' })
  note = '';
}

class RequestAnswer {
  @MaxLength(1_000, { message: 'communities.error.note-long' })
  line = '';
}

/** The directory, and coming and going. */
@Controller()
export class CommunitiesController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly door: CommunityAccess,
    private readonly membership: Membership,
    private readonly limits: RateLimits,
  ) {}

  @Get('communities')
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const wanted = (textQuery(req, 'q') ?? '').trim().replaceAll('\u0000', '').slice(0, 80);
    const languages = (await this.sql.rows(listedLanguages)).map(({ language }) => language);
    const from = (name: string, list: readonly string[]): string =>
      list.find((value) => value === textQuery(req, name)) ?? '';
    const [difficulty, situation, language, open] = [
      from('difficulty', DIFFICULTIES),
      from('situation', SITUATIONS),
      from('language', languages),
      from('open', VISIBILITIES),
    ];
    const now = this.clock.now();
    const rows = await this.sql.rows(directory, {
      viewerId: viewer?.memberId ?? null,
      textToFind: escapeLike(wanted),
      since: later(now, -DAY),
      sinceWeek: later(now, -7 * DAY),
      sinceMonth: later(now, -30 * DAY),
      difficulty,
      situation,
      language,
      visibility: open,
    });
    const view = {
      q: wanted,
      difficulties: difficultyOptions(i18n, difficulty),
      situations: situationOptions(i18n, situation),
      languages: languages.length > 1 ? languageOptions(i18n, languages, language) : null,
      opens: openOptions(i18n, open),
      communities: rows.map((row) => communityCard(row, i18n)),
    };
    return page('communities/directory', view, {
      titleKey: 'communities.title',
      indexable: true,
      canonical: '/communities',
    });
  }

  @Post('c/:slug/join')
  async join(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Form(JoinForm) form: Submitted<JoinForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'communities.error.note-long');
    await this.limits.count('join', viewer.memberId, 60, 3_600);
    const done = await this.membership.join(
      viewer,
      await this.door.load(viewer, slug),
      form.value.note,
    );
    return seeOther(`/c/${slug}`, `communities.notice.${done}`);
  }

  @Post('c/:slug/leave')
  async leave(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.membership.leave(viewer, await this.door.load(viewer, slug));
    return seeOther('/communities', 'communities.notice.left');
  }

  @Get('c/:slug/requests')
  async asked(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.door.load(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    const rows = await this.sql.rows(requests, { communityId: community.id });
    const view = {
      slug,
      name: community.name,
      requests: rows.map((row) => ({
        handle: row.handle,
        note: row.note,
        when: i18n.when(row.askedAt),
      })),
    };
    return page('communities/requests', view, { titleKey: 'communities.requests.title' });
  }

  @Post('c/:slug/requests/:handle/:answer')
  async answer(
    @CurrentMember() viewer: Viewer,
    @Param() params: { slug: string; handle: string; answer: string },
    @Form(RequestAnswer) form: Submitted<RequestAnswer>,
  ): Promise<SeeOther> {
    if (params.answer !== 'accept' && params.answer !== 'decline') throw new NotFound();
    const community = await this.door.load(viewer, params.slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    if (!form.valid) throw new AppError(422, 'communities.error.note-long');
    await this.membership.answer(viewer, community, params.handle, params.answer, form.value.line);
    return seeOther(`/c/${params.slug}/requests`, 'communities.notice.answered');
  }
}
