import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { SOURCES, TIERS } from '../core/case-labels.js';
import { Queue } from './queue.service.js';
import type { QueueFilter } from './queue-address.js';
import { queueView } from './queue.view.js';

/** One queue of all cases that wait for a moderator. */
@Moderator()
@Controller('mod')
export class QueueController {
  constructor(private readonly queue: Queue) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const queuePage = await this.queue.page(viewer, filterOf(req), textQuery(req, 'after'));
    const view = queueView(queuePage, i18n);
    const [first] = view.groups;
    return page('moderation/queue', view, {
      titleKey: 'moderation.queue.title',
      skip:
        first === undefined
          ? undefined
          : { href: `#group-${first.key}`, key: 'moderation.queue.skip' },
    });
  }

  /**
   * Redirects to the first open case that the viewer may decide, or to the queue if there is none.
   */
  @Get('next')
  async next(@CurrentMember() viewer: Viewer, @Req() req: Request): Promise<SeeOther> {
    const id = await this.queue.next(viewer, filterOf(req));
    return seeOther(id === null ? '/mod' : `/mod/cases/${id}`);
  }
}

function filterOf(req: Request): QueueFilter {
  const one = (name: string, known: readonly string[]): string | null =>
    known.find((value) => value === textQuery(req, name)) ?? null;
  const slug = textQuery(req, 'community') ?? '';
  return {
    tier: one('tier', TIERS),
    reason: one('reason', SOURCES),
    community: /^[a-z0-9-]{1,60}$/.test(slug) ? slug : null,
    state: textQuery(req, 'state') === 'closed' ? 'closed' : 'open',
    mine: textQuery(req, 'mine') === 'on',
    due: textQuery(req, 'due') === 'on',
  };
}
