import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { formPage, formView } from '../../http/form-page.js';
import {
  Form,
  catchFieldError,
  type InvalidForm,
  type Submitted,
  type Values,
} from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { HoldingForm, NewWordRule } from './word-rules.dto.js';
import type { PlaceRow } from './word-rules.queries.js';
import { WordRules, type Trial } from './word-rules.service.js';
import { holdingValues, rulesView } from './word-rules.view.js';

/** State shown beside the rules: a rejected form, or the result of a trial. */
interface Shown {
  typed?: Values;
  faulty?: InvalidForm;
  holding?: InvalidForm;
  trial?: Trial;
}

/**
 * Routes for word rules, which can be tried on past posts first, and for what a community holds for
 * review.
 */
@Moderator()
@Controller('mod/rules')
export class WordRulesController {
  constructor(private readonly rules: WordRules) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const slug = textQuery(req, 'community') ?? (await this.rules.firstPlace(viewer));
    return this.page(viewer, i18n, await this.rules.place(viewer, slug), {});
  }

  @Post()
  async tryOrAdd(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(NewWordRule) form: Submitted<NewWordRule>,
  ): Promise<Page | SeeOther> {
    const place = await this.rules.place(
      viewer,
      typeof form.values.community === 'string' ? form.values.community.trim() : '',
    );
    if (!form.valid) return this.page(viewer, i18n, place, { faulty: form });
    const { value } = form;
    if (value.deed === 'add') {
      const added = await catchFieldError(() => this.rules.add(viewer, place, value), form.values);
      return 'form' in added
        ? this.page(viewer, i18n, place, { faulty: added.form })
        : seeOther(address(place?.slug ?? ''), 'rules.notice.added');
    }
    const tried = await catchFieldError(() => this.rules.try(place, value), form.values);
    return this.page(
      viewer,
      i18n,
      place,
      'form' in tried ? { faulty: tried.form } : { trial: tried.done, typed: form.values },
    );
  }

  @Post(':id/end')
  async end(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return seeOther(address(await this.rules.end(viewer, id)), 'rules.notice.ended');
  }

  @Post('places/:slug')
  async holding(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(HoldingForm) form: Submitted<HoldingForm>,
  ): Promise<Page | SeeOther> {
    const place = await this.rules.place(viewer, slug);
    if (place === null) throw new NotFound();
    if (!form.valid) return this.page(viewer, i18n, place, { holding: form });
    await this.rules.setHolding(viewer, place, form.value);
    return seeOther(address(slug), 'rules.notice.holding');
  }

  private async page(
    viewer: Viewer,
    i18n: Translator,
    place: PlaceRow | null,
    shown: Shown,
  ): Promise<Page> {
    const rules = await this.rules.inPlace(viewer, place);
    const forms = {
      rule: formView(i18n, shown.faulty, shown.typed ?? { action: 'flag' }),
      holding: place === null ? null : formView(i18n, shown.holding, holdingValues(place)),
    };
    const view = rulesView({ ...rules, place, trial: shown.trial ?? null }, forms, viewer, i18n);
    return formPage('moderation/rules', view, shown.faulty ?? shown.holding, {
      titleKey: 'rules.title',
    });
  }
}

function address(slug: string): string {
  return slug === '' ? '/mod/rules' : `/mod/rules?community=${slug}`;
}
