import { Controller, Get, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { countryOf } from '../../http/reader-country.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import type { Translator } from '../../i18n/translator.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { PrivateArea } from '../core/private-area.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { CardForm, PlanForm } from '../core/toolkit.dto.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import { planFormView, planView, firstOverlongPart } from './plan.view.js';

/** The safety plan and the emergency card. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class PlanController {
  constructor(
    private readonly plans: SafetyPlans,
    private readonly reader: ToolkitReader,
    private readonly config: Config,
  ) {}

  @Get('plan')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const country = countryOf(req, this.config);
    const [own, items] = await Promise.all([
      this.plans.of(viewer.memberId),
      this.reader.items(viewer.memberId),
    ]);
    const view = planView(own, items, country, i18n);
    return page('toolkit/plan', view, { titleKey: 'toolkit.plan.title' });
  }

  @Get('plan/edit')
  async edit(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.planForm(viewer, i18n);
  }

  @Post('plan')
  async keep(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(PlanForm) form: Submitted<PlanForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.planForm(viewer, i18n, form);
    const long = firstOverlongPart(form.value);
    if (long !== null)
      return this.planForm(viewer, i18n, {
        values: form.values,
        faults: [{ field: long, key: 'toolkit.error.plan-lines' }],
      });
    await this.plans.savePlan(viewer.memberId, form.value);
    return seeOther('/toolkit/plan', 'toolkit.notice.kept');
  }

  @Get('card')
  async card(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    return this.cardForm(viewer, i18n, req);
  }

  @Post('card')
  async keepCard(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(CardForm) form: Submitted<CardForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.cardForm(viewer, i18n, req, form);
    const { people, lines, reasons } = form.value;
    await this.plans.saveCard(viewer.memberId, { people, lines, reasons });
    return seeOther('/toolkit', 'toolkit.notice.kept');
  }

  private async planForm(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const [own, items] = await Promise.all([
      this.plans.of(viewer.memberId),
      this.reader.items(viewer.memberId),
    ]);
    const view = planFormView(own.plan, items, i18n, faulty);
    return formPage('toolkit/plan-edit', view, faulty, {
      titleKey: 'toolkit.plan.title',
    });
  }

  private async cardForm(
    viewer: Viewer,
    i18n: Translator,
    req: Request,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const { card } = await this.plans.of(viewer.memberId);
    const form = formView(i18n, faulty, card === null ? {} : { ...card });
    // The form is not printed: a printed page shows the saved card in its place.
    const printed = emergencyCardView(card, countryOf(req, this.config), i18n);
    return formPage('toolkit/card', { form, written: card !== null, printed }, faulty, {
      titleKey: 'toolkit.card.title',
    });
  }
}
