import { Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, textQuery, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateArea } from '../core/private-area.js';
import { CheckInForm } from '../core/toolkit.dto.js';
import { CheckIns } from './check-ins.service.js';
import { Exercises, type Exercise } from './exercises.service.js';
import { usePage } from './use.view.js';

/**
 * Guides through a strategy or own item, one step on each page, and records a check-in at the end.
 * Open to guests; members get their own steps if they wrote some.
 */
@Controller()
export class UseController {
  constructor(
    private readonly exercises: Exercises,
    private readonly checkIns: CheckIns,
    private readonly limits: RateLimits,
  ) {}

  @Get('toolkit/use/:slug')
  async use(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    const original = textQuery(req, 'original') === '1';
    const exercise = await this.exercises.ofStrategy(viewer, slug.slice(0, 80), original);
    return usePage(exercise, stepIn(req), i18n, viewer !== null);
  }

  @Get('toolkit/items/:id/use')
  @UseInterceptors(PrivateArea)
  async useOwn(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    const exercise = await this.exercises.ofItem(viewer, i18n, id);
    return usePage(exercise, stepIn(req), i18n, true);
  }

  @Post('strategies/:slug/check-ins')
  async noteStrategy(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(CheckInForm) form: Submitted<CheckInForm>,
  ): Promise<Page | SeeOther> {
    const exercise = await this.exercises.ofStrategy(viewer, slug.slice(0, 80), false);
    return this.note(viewer, i18n, exercise, form);
  }

  @Post('toolkit/items/:id/check-ins')
  @UseInterceptors(PrivateArea)
  async noteOwn(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(CheckInForm) form: Submitted<CheckInForm>,
  ): Promise<Page | SeeOther> {
    return this.note(viewer, i18n, await this.exercises.ofItem(viewer, i18n, id), form);
  }

  private async note(
    viewer: Viewer,
    i18n: Translator,
    exercise: Exercise,
    form: Submitted<CheckInForm>,
  ): Promise<Page | SeeOther> {
    const faulty = (key: string): InvalidForm => ({
      values: form.values,
      faults: [{ field: 'before', key }],
    });
    if (!form.valid) return usePage(exercise, 'end', i18n, true, form);
    const { value } = form;
    if (value.before === undefined && value.after === undefined && value.note === '')
      return usePage(exercise, 'end', i18n, true, faulty('toolkit.error.nothing'));
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    const { strategyId, itemId, slug } = exercise;
    await this.checkIns.ofUse(viewer, { strategyId, itemId }, value);
    return seeOther(
      itemId === null ? `/strategies/${slug ?? ''}` : '/toolkit',
      'toolkit.notice.checked',
    );
  }
}

/** 0 means the page before the first step. */
function stepIn(req: Request): number | 'end' {
  const text = textQuery(req, 'step') ?? '0';
  if (text === 'end') return 'end';
  if (!/^\d{1,2}$/.test(text)) throw new NotFound();
  return Number(text);
}
