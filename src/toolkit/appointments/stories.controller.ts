import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { readIdCursor } from '../../http/pagination.js';
import { selectOptions } from '../../http/options.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery, CurrentViewer } from '../../http/request.js';
import { isStaff, type MaybeViewer, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { AppError, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { threadItem } from '../../threads/thread-list.view.js';
import { StepForm } from './stories.dto.js';
import { mark, ownStories, STEPS, stories, STORIES_A_PAGE, unmark } from './stories.queries.js';

/** Stories on the way to professional help, by the step they tell of. */
@Controller('bridge')
export class StoriesController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const step = STEPS.find((known) => known === textQuery(req, 'step')) ?? 'thinking';
    const rows = await this.sql.rows(stories, {
      step,
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      before: readIdCursor(textQuery(req, 'before')),
      limit: STORIES_A_PAGE + 1,
    });
    const shown = rows.slice(0, STORIES_A_PAGE);
    const own =
      viewer === null ? [] : await this.sql.rows(ownStories, { viewerId: viewer.memberId });
    const view = {
      member: viewer !== null,
      steps: STEPS.map((each) => ({
        href: `/bridge?step=${each}`,
        label: i18n.t(`toolkit.bridge.step.${each}`),
        current: each === step,
      })),
      title: i18n.t(`toolkit.bridge.step.${step}`),
      lead: i18n.t(`toolkit.bridge.lead.${step}`),
      threads: shown.map((row) => threadItem(row, i18n)),
      next:
        rows.length > shown.length ? `/bridge?step=${step}&before=${shown.at(-1)?.id ?? ''}` : null,
      medicines: step === 'medicines',
      own: own.map((row) => ({
        id: row.id,
        title: row.title,
        options: [
          { value: '', label: i18n.t('toolkit.bridge.unmarked'), selected: row.step === null },
          ...selectOptions(STEPS, row.step, (each) => i18n.t(`toolkit.bridge.step.${each}`)),
        ],
      })),
    };
    return page('toolkit/bridge', view, { titleKey: 'toolkit.bridge.title' });
  }

  /** Whoever wrote the story says which step it tells of, or takes that back. */
  @Post('stories/:id')
  async mark(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(StepForm) form: Submitted<StepForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    const { step } = form.value;
    const own = (await this.sql.rows(ownStories, { viewerId: viewer.memberId })).some(
      (row) => row.id === id,
    );
    const done =
      step === ''
        ? await this.sql.first(unmark, { id, viewerId: viewer.memberId })
        : await this.sql.first(mark, {
            id,
            memberId: viewer.memberId,
            step,
            now: this.clock.now(),
          });
    if (done === null && !(own && step === '')) throw new NotFound();
    return seeOther(
      step === '' ? '/bridge' : `/bridge?step=${step}`,
      step === '' ? 'toolkit.notice.unmarked' : 'toolkit.notice.marked',
    );
  }
}
