import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityDoor } from '../communities/community-door.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { Supporting } from './supporting.service.js';
import { ownRest } from './waiting.queries.js';
import { Waiting } from './waiting.service.js';

const RESTS = [3, 7, 14] as const;

/**
 * What a supporter is asked, and what is offered to them. Saying no takes no reason and leaves no
 * trace.
 */
@Controller()
export class AskedController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly door: CommunityDoor,
    private readonly waiting: Waiting,
    private readonly supporting: Supporting,
  ) {}

  @Get('asked/:id')
  async show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const asking = await this.waiting.asking(viewer, id);
    const said = asking.answer === null ? null : words.t(`belonging.asked.said.${asking.answer}`);
    return page(
      'belonging/asked',
      { ...asking, said, open: !asking.over },
      { titleKey: 'belonging.asked.title' },
    );
  }

  @Post('asked/:id/accept')
  async accept(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const { threadId } = await this.waiting.answer(viewer, id, 'accepted');
    return seeOther(`/t/${threadId}#reply`, 'belonging.notice.accepted');
  }

  @Post('asked/:id/pass')
  async pass(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const { slug } = await this.waiting.answer(viewer, id, 'passed');
    return seeOther(`/c/${slug}`, 'belonging.notice.passed');
  }

  @Get('rests/:id')
  async rest(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const offer = await this.offered(viewer, id);
    const off =
      offer.offDutyUntil !== null && offer.offDutyUntil > this.clock.now()
        ? words.t('belonging.supporting.off', { date: words.date(offer.offDutyUntil) })
        : null;
    return page(
      'belonging/rest',
      {
        id,
        slug: offer.slug,
        name: offer.name,
        off,
        days: RESTS.map((days) => ({ days, label: words.t('belonging.rest.days', { days }) })),
      },
      { titleKey: 'belonging.rest.title' },
    );
  }

  @Post('rests/:id/:days')
  async take(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('days') days: string,
  ): Promise<SeeOther> {
    const offer = await this.offered(viewer, id);
    const wanted = RESTS.find((known) => String(known) === days);
    if (wanted === undefined) throw new NotFound();
    await this.supporting.restUntil(
      viewer,
      await this.door.open(viewer, offer.slug),
      later(this.clock.now(), wanted * DAY),
    );
    return seeOther(`/c/${offer.slug}/supporting`, 'belonging.notice.rest');
  }

  private async offered(
    viewer: Viewer,
    id: string,
  ): Promise<{ slug: string; name: string; offDutyUntil: Date | null }> {
    const offer = await this.sql.first(ownRest, [id, viewer.memberId]);
    if (offer === null) throw new NotFound();
    return offer;
  }
}
