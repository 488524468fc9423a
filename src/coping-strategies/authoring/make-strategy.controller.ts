import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Translator } from '../../i18n/translator.js';
import { formPage } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { OwnStrategy } from '../core/strategy.dto.js';
import { PostStrategiesReader } from '../tagging/post-strategies.service.js';
import type { PostTextsRow } from '../tagging/suggestions.queries.js';
import { OwnStrategies, type StrategyOrigin } from './own-strategies.service.js';
import { strategyFromPostView } from './own-strategies.view.js';

/** Creates a strategy from the member's own post, credited to the name on the post or to nobody. */
@Controller('posts/:id/make-strategy')
export class MakeStrategyController {
  constructor(
    private readonly own: OwnStrategies,
    private readonly posts: PostStrategiesReader,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async form(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.makePage(viewer, i18n, id, await this.posts.sourceOf(viewer, id));
  }

  @Post()
  async make(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(OwnStrategy) form: Submitted<OwnStrategy>,
  ): Promise<Page | SeeOther> {
    const post = await this.posts.sourceOf(viewer, id);
    if (!form.valid) return this.makePage(viewer, i18n, id, post, form);
    await this.limits.count('strategy', viewer.memberId, 20, 86_400);
    const origin: StrategyOrigin = { postId: id, credit: creditOf(viewer, post) };
    // If the member removed their name from the post, the strategy is not credited either.
    const strategy = post.detached
      ? Object.assign(new OwnStrategy(), form.value, { credited: false })
      : form.value;
    const sent = await catchFieldError(
      () => this.own.suggest(viewer, strategy, origin),
      form.values,
    );
    if ('form' in sent) return this.makePage(viewer, i18n, id, post, sent.form);
    return seeOther('/strategies/mine', 'strategies.notice.suggested');
  }

  private makePage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    post: PostTextsRow,
    faulty?: InvalidForm,
  ): Page {
    const name = post.detached ? null : creditOf(viewer, post).name;
    const view = strategyFromPostView(id, { body: post.body, name }, i18n, faulty);
    return formPage('strategies/new', view, faulty, { titleKey: 'strategies.make.title' });
  }
}

/** The name under which the member wrote the post. */
function creditOf(viewer: Viewer, post: PostTextsRow): StrategyOrigin['credit'] {
  return post.aliasName === null
    ? { name: viewer.handle, from: 'handle' }
    : { name: post.aliasName, from: 'alias' };
}
