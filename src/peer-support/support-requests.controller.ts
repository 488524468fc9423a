import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { BREAK_DAYS, breakOfferView, supportRequestView } from './support-requests.view.js';
import { Supporters } from './supporters.service.js';
import { UnansweredThreads } from './unanswered.service.js';

/**
 * Requests to reply to a thread, and offers of a break, for a supporter. Passing on a request needs
 * no reason and notifies nobody.
 */
@Controller()
export class SupportRequestsController {
  constructor(
    private readonly clock: Clock,
    private readonly communityAccess: CommunityAccess,
    private readonly requests: UnansweredThreads,
    private readonly supporters: Supporters,
  ) {}

  @Get('asked/:id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const view = supportRequestView(await this.requests.load(viewer, id), i18n);
    return page('belonging/asked', view, { titleKey: 'belonging.asked.title' });
  }

  @Post('asked/:id/accept')
  async accept(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    const { threadId } = await this.requests.answer(viewer, id, 'accepted');
    return seeOther(`/t/${threadId}#reply`, 'belonging.notice.accepted');
  }

  @Post('asked/:id/pass')
  async pass(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const { slug } = await this.requests.answer(viewer, id, 'passed');
    return seeOther(`/c/${slug}`, 'belonging.notice.passed');
  }

  @Get('rests/:id')
  async rest(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const offer = await this.supporters.breakOffer(viewer, id);
    const view = breakOfferView(id, offer, this.clock.now(), i18n);
    return page('belonging/rest', view, { titleKey: 'belonging.rest.title' });
  }

  @Post('rests/:id/:days')
  async take(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('days') days: string,
  ): Promise<SeeOther> {
    const offer = await this.supporters.breakOffer(viewer, id);
    const chosen = BREAK_DAYS.find((known) => String(known) === days);
    if (chosen === undefined) throw new NotFound();
    const community = await this.communityAccess.load(viewer, offer.slug);
    await this.supporters.restUntil(viewer, community, later(this.clock.now(), chosen * DAY));
    return seeOther(`/c/${offer.slug}/supporting`, 'belonging.notice.rest');
  }
}
