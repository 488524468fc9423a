import { Controller, Get, Param, Post } from '@nestjs/common';
import { withoutQuotes } from '../../content/markdown.js';
import { NotFound } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { formPage, formView } from '../../http/form-page.js';
import {
  Form,
  refusedField,
  type FaultyForm,
  type Submitted,
  type Values,
} from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { PostAccess } from '../../posts/post-access.js';
import { detectNeeds } from '../tagging/need-detection.js';
import { OwnStrategies, type Origin } from './own-strategies.service.js';
import { strategyFormView } from './strategy-form.view.js';
import { OwnStrategy } from '../core/strategy.dto.js';
import { postWords, type PostWordsRow } from '../tagging/suggestions.queries.js';
import { canMake } from '../tagging/tagging.policy.js';

/**
 * Making a strategy of one's own words: nobody else can, and under the name that the post bears or
 * none.
 */
@Controller('posts/:id/make-strategy')
export class MakeStrategyController {
  constructor(
    private readonly own: OwnStrategies,
    private readonly posts: PostAccess,
    private readonly sql: Sql,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async form(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const text = await this.mine(viewer, id);
    return this.makePage(viewer, i18n, id, text);
  }

  @Post()
  async make(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(OwnStrategy) form: Submitted<OwnStrategy>,
  ): Promise<Page | SeeOther> {
    const text = await this.mine(viewer, id);
    if (!form.valid) return this.makePage(viewer, i18n, id, text, form);
    await this.limits.count('strategy', viewer.memberId, 20, 86_400);
    const origin: Origin = { postId: id, credit: nameOn(viewer, text) };
    // With the name off the post, the strategy bears none either.
    const asked = text.detached
      ? Object.assign(new OwnStrategy(), form.value, { credited: false })
      : form.value;
    const sent = await refusedField(() => this.own.suggest(viewer, asked, origin), form.values);
    if ('form' in sent) return this.makePage(viewer, i18n, id, text, sent.form);
    return seeOther('/strategies/mine', 'strategies.notice.suggested');
  }

  private async mine(viewer: Viewer, id: string): Promise<PostWordsRow> {
    const post = await this.posts.load(viewer, id);
    const text = canMake(viewer, post) ? await this.sql.first(postWords, { id }) : null;
    if (text === null) throw new NotFound();
    return text;
  }

  private makePage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    text: PostWordsRow,
    faulty?: FaultyForm,
  ): Page {
    // What they quoted is somebody else's to give.
    const own = withoutQuotes(text.body);
    const first: Values = {
      minutes: '5',
      steps: own.slice(0, 3_000),
      needs: detectNeeds(own).slice(0, 3),
    };
    const form = formView(i18n, faulty, first);
    const key = form.values.idempotencyKey;
    const view = {
      ...strategyFormView(form, i18n),
      action: `/posts/${id}/make-strategy`,
      back: `/posts/${id}/strategies`,
      fromPost: true,
      name: text.detached ? null : nameOn(viewer, text).name,
      credited: form.values.credited !== undefined,
      consent: form.values.consent !== undefined,
      idempotencyKey: typeof key === 'string' && key !== '' ? key : newToken(12),
    };
    return formPage('strategies/new', view, faulty, {
      titleKey: 'strategies.make.title',
    });
  }
}

function nameOn(viewer: Viewer, text: PostWordsRow): Origin['credit'] {
  return text.aliasName === null
    ? { name: viewer.handle, from: 'handle' }
    : { name: text.aliasName, from: 'alias' };
}
