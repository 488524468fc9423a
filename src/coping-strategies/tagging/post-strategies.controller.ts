import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { AppError, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { escapeLike } from '../../http/pagination.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, textQuery, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { PostAccess } from '../../posts/post-access.js';
import { postPath } from '../../posts/post-address.js';
import { detectNeeds } from './need-detection.js';
import { strategyCard } from '../core/strategies.view.js';
import { foundByWords, postWords, suggestedFor, taggedOn } from './suggestions.queries.js';
import { canMake, canTag, canRequest } from './tagging.policy.js';
import { Tagging } from './tagging.service.js';

export class Tag {
  @Matches(/^[a-z0-9][a-z0-9-]{1,79}$/, { message: 'strategies.error.which' })
  strategy = '';
}

/**
 * The strategies of one post: what stands under it, what might, and what its own words could
 * become.
 */
@Controller('posts/:id')
export class PostStrategiesController {
  constructor(
    private readonly tagging: Tagging,
    private readonly posts: PostAccess,
    private readonly sql: Sql,
    private readonly limits: RateLimits,
  ) {}

  @Get('strategies')
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    const post = await this.posts.load(viewer, id);
    const text = await this.sql.first(postWords, { id });
    if (text === null || post.status === 'withdrawn' || post.status === 'removed')
      throw new NotFound();
    const q = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80);
    const tagged = await this.sql.rows(taggedOn, {
      postId: id,
      viewerId: viewer?.memberId ?? null,
      mine: post.mine,
    });
    const found =
      q === ''
        ? await this.sql.rows(suggestedFor, {
            viewerId: viewer?.memberId ?? null,
            needs: detectNeeds(`${post.title}\n${text.body}`),
            text: `${post.title} ${text.body}`.slice(0, 8_000),
            language: i18n.locale,
          })
        : await this.sql.rows(foundByWords, {
            query: q,
            pattern: escapeLike(q),
          });
    const action = `/posts/${id}/strategies`;
    const mayTag = viewer !== null && canTag(viewer, post);
    const named = (row: { name: string }): object => ({
      add: i18n.t(post.mine ? 'strategies.post.add-name' : 'strategies.post.propose-name', {
        name: row.name,
      }),
    });
    const view = {
      id,
      action,
      back: postPath(post.threadId, post.number),
      q,
      mine: post.mine,
      accepted: tagged
        .filter(({ state }) => state === 'accepted')
        .map((row) => ({
          ...strategyCard(row, i18n),
          remove: post.mine ? `${action}/${row.slug}/decline` : null,
        })),
      proposed: tagged
        .filter(({ state }) => state === 'proposed')
        .map((row) => ({
          ...strategyCard(row, i18n),
          accept: post.mine ? `${action}/${row.slug}/accept` : null,
          decline: post.mine ? `${action}/${row.slug}/decline` : null,
        })),
      suggested: found
        .filter((row) => !tagged.some(({ id: known }) => known === row.id))
        .map((row) => ({ ...strategyCard(row, i18n), ...named(row) })),
      mayTag,
      addLabel: i18n.t(post.mine ? 'strategies.post.add' : 'strategies.post.propose'),
      wish:
        viewer !== null && canRequest(viewer, post) && text.wish === null
          ? `/posts/${id}/strategy-wish`
          : null,
      wished:
        text.wish === 'asked'
          ? i18n.t(post.mine ? 'strategies.post.wished-mine' : 'strategies.post.wished')
          : null,
      make:
        viewer !== null && canMake(viewer, post) && text.wish !== 'taken'
          ? {
              href: `/posts/${id}/make-strategy`,
              decline: text.wish === 'asked' ? `/posts/${id}/strategy-wish/decline` : null,
            }
          : null,
    };
    return page('strategies/post', view, { titleKey: 'strategies.post.title' });
  }

  @Post('strategies')
  async tag(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(Tag) form: Submitted<Tag>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'strategies.error.which');
    await this.limits.count('tag', viewer.memberId, 60, 3_600);
    const { accepted } = await this.tagging.tag(viewer, id, form.value.strategy);
    return seeOther(
      `/posts/${id}/strategies`,
      accepted ? 'strategies.notice.tagged' : 'strategies.notice.proposed',
    );
  }

  @Post('strategies/:slug/:answer')
  async answer(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('slug') slug: string,
    @Param('answer') answer: string,
  ): Promise<SeeOther> {
    if (answer !== 'accept' && answer !== 'decline') throw new NotFound();
    await this.tagging.answer(viewer, id, slug.slice(0, 80), answer);
    return seeOther(
      `/posts/${id}/strategies`,
      `strategies.notice.${answer === 'accept' ? 'tagged' : 'untagged'}`,
    );
  }

  @Post('strategy-wish')
  async wish(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.limits.count('strategy-wish', viewer.memberId, 20, 86_400);
    await this.tagging.wish(viewer, id);
    return seeOther(`/posts/${id}/strategies`, 'strategies.notice.wished');
  }

  @Post('strategy-wish/decline')
  async noThanks(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.tagging.declineWish(viewer, id);
    return seeOther(`/posts/${id}/strategies`, 'strategies.notice.wish-declined');
  }
}
