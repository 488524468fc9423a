import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { AppError, NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, textQuery, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { PostStrategiesReader } from './post-strategies.service.js';
import { postStrategiesView } from './post-strategies.view.js';
import { Tagging } from './tagging.service.js';

export class Tag {
  @Matches(/^[a-z0-9][a-z0-9-]{1,79}$/, { message: 'strategies.error.which' })
  strategy = '';
}

/** Routes for the strategies of one post: tags, proposals, and turning its text into a strategy. */
@Controller('posts/:id')
export class PostStrategiesController {
  constructor(
    private readonly tagging: Tagging,
    private readonly reader: PostStrategiesReader,
    private readonly limits: RateLimits,
  ) {}

  @Get('strategies')
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    const search = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80);
    const strategies = await this.reader.of(viewer, id, search, i18n.locale);
    const view = postStrategiesView(strategies, search, viewer, i18n);
    return page('strategies/post', view, { titleKey: 'strategies.post.title' });
  }

  @Post('strategies')
  async tag(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(Tag) form: Submitted<Tag>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'strategies.error.which');
    await this.limits.count('tag', viewer.memberId, 60, 3_600);
    const { accepted } = await this.tagging.tag(viewer, id, form.value.strategy);
    return seeOther(
      `/posts/${id}/strategies`,
      accepted ? 'strategies.notice.tagged' : 'strategies.notice.proposed',
    );
  }

  @Post('strategies/:slug/:answer')
  async answer(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('slug') slug: string,
    @Param('answer') answer: string,
  ): Promise<SeeOther> {
    if (answer !== 'accept' && answer !== 'decline') throw new NotFound();
    await this.tagging.answer(viewer, id, slug.slice(0, 80), answer);
    return seeOther(
      `/posts/${id}/strategies`,
      `strategies.notice.${answer === 'accept' ? 'tagged' : 'untagged'}`,
    );
  }

  @Post('strategy-wish')
  async request(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.limits.count('strategy-wish', viewer.memberId, 20, 86_400);
    await this.tagging.request(viewer, id);
    return seeOther(`/posts/${id}/strategies`, 'strategies.notice.wished');
  }

  @Post('strategy-wish/decline')
  async declineRequest(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.tagging.declineRequest(viewer, id);
    return seeOther(`/posts/${id}/strategies`, 'strategies.notice.wish-declined');
  }
}
