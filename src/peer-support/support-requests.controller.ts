import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { Supporters } from './supporters.service.js';
import { ownBreakOffer } from './unanswered.queries.js';
import { UnansweredThreads } from './unanswered.service.js';

const RESTS = [3, 7, 14] as const;

/**
 * What a supporter is asked, and what is offered to them. Saying no takes no reason and leaves no
 * trace.
 */
@Controller()
export class SupportRequestsController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly communityAccess: CommunityAccess,
    private readonly waiting: UnansweredThreads,
    private readonly supporting: Supporters,
  ) {}

  @Get('asked/:id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const asking = await this.waiting.asking(viewer, id);
    const said = asking.answer === null ? null : i18n.t(`belonging.asked.said.${asking.answer}`);
    return page(
      'belonging/asked',
      { ...asking, said, open: !asking.over },
      { titleKey: 'belonging.asked.title' },
    );
  }

  @Post('asked/:id/accept')
  async accept(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    const { threadId } = await this.waiting.answer(viewer, id, 'accepted');
    return seeOther(`/t/${threadId}#reply`, 'belonging.notice.accepted');
  }

  @Post('asked/:id/pass')
  async pass(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const { slug } = await this.waiting.answer(viewer, id, 'passed');
    return seeOther(`/c/${slug}`, 'belonging.notice.passed');
  }

  @Get('rests/:id')
  async rest(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const offer = await this.offered(viewer, id);
    const off =
      offer.offDutyUntil !== null && offer.offDutyUntil > this.clock.now()
        ? i18n.t('belonging.supporting.off', { date: i18n.date(offer.offDutyUntil) })
        : null;
    return page(
      'belonging/rest',
      {
        id,
        slug: offer.slug,
        name: offer.name,
        off,
        days: RESTS.map((days) => ({ days, label: i18n.t('belonging.rest.days', { days }) })),
      },
      { titleKey: 'belonging.rest.title' },
    );
  }

  @Post('rests/:id/:days')
  async take(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('days') days: string,
  ): Promise<SeeOther> {
    const offer = await this.offered(viewer, id);
    const wanted = RESTS.find((known) => String(known) === days);
    if (wanted === undefined) throw new NotFound();
    await this.supporting.restUntil(
      viewer,
      await this.communityAccess.load(viewer, offer.slug),
      later(this.clock.now(), wanted * DAY),
    );
    return seeOther(`/c/${offer.slug}/supporting`, 'belonging.notice.rest');
  }

  private async offered(
    viewer: Viewer,
    id: string,
  ): Promise<{ slug: string; name: string; offDutyUntil: Date | null }> {
    const offer = await this.sql.first(ownBreakOffer, { offer: id, memberId: viewer.memberId });
    if (offer === null) throw new NotFound();
    return offer;
  }
}
