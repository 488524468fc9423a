import { Controller, Get, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted, type Values } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { countryOf } from '../../http/reader-country.js';
import { SafetyPlans, PLAN_PARTS } from '../../safety-plans/safety-plans.js';
import { openItem, type Item } from '../items/item-words.js';
import { items } from '../items/items.queries.js';
import { isGone, itemName, useHref } from '../items/items.view.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { planSteps, tooLong } from './plan.view.js';
import { PrivateArea } from '../core/private-area.js';
import { toolkitTabs } from '../core/toolkit-tabs.js';
import { CardForm, PlanForm } from '../core/toolkit.dto.js';

/** The safety plan and the emergency card. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class PlanController {
  constructor(
    private readonly plans: SafetyPlans,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly config: Config,
  ) {}

  @Get('plan')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const country = countryOf(req, this.config);
    const [own, kit] = await Promise.all([this.plans.of(viewer.memberId), this.kit(viewer)]);
    const chosen = own.plan?.items ?? [];
    const used = kit
      .filter((item) => chosen.includes(item.row.id) && !isGone(item))
      .map((item) => ({ name: itemName(item, i18n), href: useHref(item) }));
    const view = {
      tabs: toolkitTabs(i18n, 'plan'),
      written: own.plan !== null,
      steps: planSteps(own.plan, used, country, i18n),
      card: emergencyCardView(own.card, country, i18n),
    };
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
    const long = tooLong(form.value);
    if (long !== null)
      return this.planForm(viewer, i18n, {
        values: form.values,
        faults: [{ field: long, key: 'toolkit.error.plan-lines' }],
      });
    const {
      signs,
      alone,
      places,
      people,
      professionals,
      safer,
      reasons,
      items: chosen,
    } = form.value;
    await this.plans.savePlan(viewer.memberId, {
      signs,
      alone,
      places,
      people,
      professionals,
      safer,
      reasons,
      items: chosen,
    });
    return seeOther('/toolkit/plan', 'toolkit.notice.kept');
  }

  @Get('card')
  async card(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.cardForm(viewer, i18n);
  }

  @Post('card')
  async keepCard(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(CardForm) form: Submitted<CardForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.cardForm(viewer, i18n, form);
    const { people, lines, reasons } = form.value;
    await this.plans.saveCard(viewer.memberId, { people, lines, reasons });
    return seeOther('/toolkit', 'toolkit.notice.kept');
  }

  private async planForm(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const [own, kit] = await Promise.all([this.plans.of(viewer.memberId), this.kit(viewer)]);
    const stored: Values = own.plan === null ? {} : { ...own.plan };
    const form = formView(i18n, faulty, stored);
    const chosen = form.values.items ?? [];
    const view = {
      form,
      parts: PLAN_PARTS.map((part) => ({
        part,
        label: i18n.t(`toolkit.plan.${part}.title`),
        hint: i18n.t(`toolkit.plan.${part}.hint`),
        value: form.values[part] ?? '',
        error: form.error[part],
        items:
          part === 'alone'
            ? kit
                .filter((item) => !isGone(item))
                .map((item) => ({
                  value: item.row.id,
                  label: itemName(item, i18n),
                  checked: chosen.includes(item.row.id),
                }))
            : [],
        itemsError: form.error.items,
      })),
    };
    return formPage('toolkit/plan-edit', view, faulty, {
      titleKey: 'toolkit.plan.title',
    });
  }

  private async cardForm(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const { card } = await this.plans.of(viewer.memberId);
    const form = formView(i18n, faulty, card === null ? {} : { ...card });
    return formPage('toolkit/card', { form, written: card !== null }, faulty, {
      titleKey: 'toolkit.card.title',
    });
  }

  private async kit(viewer: Viewer): Promise<Item[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(items, { viewerId: viewer.memberId }),
    ]);
    return rows.map((row) => openItem(key, row));
  }
}
