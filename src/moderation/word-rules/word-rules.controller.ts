import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { formView } from '../../http/form-page.js';
import {
  Form,
  refusedField,
  type FaultyForm,
  type Submitted,
  type Values,
} from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { Holding, NewWordRule } from './word-rules.dto.js';
import { standingRules, type PlaceRow } from './word-rules.queries.js';
import { WordRules, type Trial } from './word-rules.service.js';
import { holdingValues, rulesView } from './word-rules.view.js';

interface Shown {
  typed?: Values;
  faulty?: FaultyForm;
  holding?: FaultyForm;
  trial?: Trial;
}

/** Word rules, tried on past posts before they hold, and what waits in a community. */
@Moderator()
@Controller('mod/rules')
export class WordRulesController {
  constructor(
    private readonly rules: WordRules,
    private readonly sql: Sql,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const asked =
      textQuery(req, 'community') ??
      (isStaff(viewer) ? '' : ((await this.rules.places(viewer))[0]?.slug ?? ''));
    return this.page(viewer, i18n, await this.rules.place(viewer, asked), {});
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
      const added = await refusedField(() => this.rules.add(viewer, place, value), form.values);
      return 'form' in added
        ? this.page(viewer, i18n, place, { faulty: added.form })
        : seeOther(address(place?.slug ?? ''), 'rules.notice.added');
    }
    const tried = await refusedField(() => this.rules.try(place, value), form.values);
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
    @Form(Holding) form: Submitted<Holding>,
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
    const facts = {
      place,
      places: await this.rules.places(viewer),
      staff: isStaff(viewer),
      rules: await this.sql.rows(standingRules, { communityId: place?.id ?? null }),
      form: formView(i18n, shown.faulty, shown.typed ?? { action: 'flag' }),
      holding: place === null ? null : formView(i18n, shown.holding, holdingValues(place)),
      trial: shown.trial ?? null,
    };
    return page('moderation/rules', rulesView(facts, i18n), {
      status: shown.faulty === undefined && shown.holding === undefined ? 200 : 422,
      titleKey: 'rules.title',
    });
  }
}

function address(slug: string): string {
  return slug === '' ? '/mod/rules' : `/mod/rules?community=${slug}`;
}
