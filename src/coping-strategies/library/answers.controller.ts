import { Controller, Get, Param, Post } from '@nestjs/common';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Answers } from './answers.service.js';
import { Feedback } from '../core/strategy.dto.js';
import { hiddenStrategiesView } from './library.view.js';
import { StrategyLibrary } from './strategy-library.service.js';

/** Routes for feedback on a strategy ("helped me", "not for me"), and for hiding it. */
@Controller('strategies')
export class AnswersController {
  constructor(
    private readonly answers: Answers,
    private readonly library: StrategyLibrary,
    private readonly limits: RateLimits,
  ) {}

  @Get('hidden')
  async hidden(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const view = hiddenStrategiesView(await this.library.hidden(viewer), i18n);
    return page('strategies/hidden', view, { titleKey: 'strategies.hidden.title' });
  }

  @Post(':slug/feedback')
  async answer(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Form(Feedback) form: Submitted<Feedback>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'strategies.error.answer');
    await this.limits.count('strategy-answer', viewer.memberId, 120, 600);
    await this.answers.save(viewer, slug, form.value);
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
