import { Controller, Get, Param, Post } from '@nestjs/common';
import { AppError } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Answers } from './answers.service.js';
import { CARD_COLUMNS, type StrategyCardRow } from '../core/strategies.queries.js';
import { strategyCard } from '../core/strategies.view.js';
import { Feedback } from '../core/strategy.dto.js';

const hidden = statement<{ viewerId: string }, StrategyCardRow>(
  'strategies.hidden',
  `
    select ${CARD_COLUMNS}
    from strategy_hides h
    join coping_strategies s on s.id = h.strategy_id
    where h.member_id = :viewerId and s.status = 'published'
    order by s.name, s.id
    limit 500
  `,
);

/** "Helped me", "not for me", and hiding what does not suit. */
@Controller('strategies')
export class AnswersController {
  constructor(
    private readonly answers: Answers,
    private readonly sql: Sql,
    private readonly limits: RateLimits,
  ) {}

  @Get('hidden')
  async hidden(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(hidden, { viewerId: viewer.memberId });
    return page(
      'strategies/hidden',
      { strategies: rows.map((row) => strategyCard(row, i18n)) },
      { titleKey: 'strategies.hidden.title' },
    );
  }

  @Post(':slug/feedback')
  async say(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Form(Feedback) form: Submitted<Feedback>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'strategies.error.answer');
    await this.limits.count('strategy-answer', viewer.memberId, 120, 600);
    await this.answers.say(viewer, slug, form.value);
    return seeOther(
      `/strategies/${slug}#answer`,
      form.value.answer === 'none' ? 'strategies.notice.answer-back' : 'strategies.notice.answered',
    );
  }

  @Post(':slug/hide')
  async hide(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.answers.hide(viewer, slug);
    return seeOther('/strategies', 'strategies.notice.hidden');
  }

  @Post(':slug/unhide')
  async unhide(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.answers.unhide(viewer, slug);
    return seeOther(`/strategies/${slug}`, 'strategies.notice.unhidden');
  }
}
