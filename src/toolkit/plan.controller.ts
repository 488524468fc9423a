import { Controller, Get, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted, type Values } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import { Vault } from '../kernel/vault.js';
import type { Words } from '../kernel/words.js';
import { countryOf } from '../safety/reader-country.js';
import { OwnPlans, PLAN_PARTS } from '../safety/own-plans.js';
import { openItem, type Item } from './item-words.js';
import { items } from './items.queries.js';
import { isGone, itemName, useHref } from './items.view.js';
import { ownCardView } from './own-card.view.js';
import { planSteps, tooLong } from './plan.view.js';
import { PrivateArea } from './private-area.js';
import { toolkitTabs } from './toolkit-tabs.js';
import { CardForm, PlanForm } from './toolkit.dto.js';

/** The safety plan and the emergency card. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class PlanController {
  constructor(
    private readonly plans: OwnPlans,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  @Get('plan')
  async show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Req() req: Request,
  ): Promise<Page> {
    const country = countryOf(req, this.config);
    const [own, kit] = await Promise.all([this.plans.of(viewer.memberId), this.kit(viewer)]);
    const chosen = own.plan?.items ?? [];
    const used = kit
      .filter((item) => chosen.includes(item.row.id) && !isGone(item))
      .map((item) => ({ name: itemName(item, words), href: useHref(item) }));
    const view = {
      tabs: toolkitTabs(words, 'plan'),
      written: own.plan !== null,
      steps: planSteps(own.plan, used, country, words),
      card: ownCardView(own.card, country, words),
    };
    return page('toolkit/plan', view, { titleKey: 'toolkit.plan.title' });
  }

  @Get('plan/edit')
  async edit(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.planForm(viewer, words);
  }

  @Post('plan')
  async keep(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(PlanForm) form: Submitted<PlanForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.planForm(viewer, words, form);
    const long = tooLong(form.value);
    if (long !== null)
      return this.planForm(viewer, words, {
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
  async card(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.cardForm(viewer, words);
  }

  @Post('card')
  async keepCard(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(CardForm) form: Submitted<CardForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.cardForm(viewer, words, form);
    const { people, lines, reasons } = form.value;
    await this.plans.saveCard(viewer.memberId, { people, lines, reasons });
    return seeOther('/toolkit', 'toolkit.notice.kept');
  }

  private async planForm(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const [own, kit] = await Promise.all([this.plans.of(viewer.memberId), this.kit(viewer)]);
    const stored: Values = own.plan === null ? {} : { ...own.plan };
    const form = formView(this.messages, words.locale, faulty, stored);
    const chosen = form.values.items ?? [];
    const view = {
      form,
      parts: PLAN_PARTS.map((part) => ({
        part,
        label: words.t(`toolkit.plan.${part}.title`),
        hint: words.t(`toolkit.plan.${part}.hint`),
        value: form.values[part] ?? '',
        error: form.error[part],
        items:
          part === 'alone'
            ? kit
                .filter((item) => !isGone(item))
                .map((item) => ({
                  value: item.row.id,
                  label: itemName(item, words),
                  checked: chosen.includes(item.row.id),
                }))
            : [],
        itemsError: form.error.items,
      })),
    };
    return page('toolkit/plan-edit', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'toolkit.plan.title',
    });
  }

  private async cardForm(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const { card } = await this.plans.of(viewer.memberId);
    const form = formView(this.messages, words.locale, faulty, card === null ? {} : { ...card });
    return page(
      'toolkit/card',
      { form, written: card !== null },
      { status: faulty === undefined ? 200 : 422, titleKey: 'toolkit.card.title' },
    );
  }

  private async kit(viewer: Viewer): Promise<Item[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(items, [viewer.memberId]),
    ]);
    return rows.map((row) => openItem(key, row));
  }
}
