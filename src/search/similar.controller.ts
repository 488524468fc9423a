import { Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { canPost, canRead, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { valuesOf, type Values } from '../http/form.js';
import { page, type Page } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { Templates } from '../rendering/templates.js';
import type { Translator } from '../i18n/translator.js';
import { Drafts } from '../posts/drafts.service.js';
import { ThreadAccess } from '../threads/thread-access.js';
import { similarView } from './search.view.js';
import { SimilarThings } from './similar.service.js';

const opening = statement<{ id: string }, { body: string }>(
  'search.opening',
  `select body from posts where thread_id = :id and number = 1 and status = 'published'`,
);

/** Others in the same boat, before posting and beside a thread. */
@Controller()
export class SimilarController {
  constructor(
    private readonly sql: Sql,
    private readonly similar: SimilarThings,
    private readonly communities: CommunityAccess,
    private readonly threads: ThreadAccess,
    private readonly drafts: Drafts,
    private readonly limits: RateLimits,
    private readonly templates: Templates,
  ) {}

  @Get('t/:id/similar')
  async beside(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const thread = await this.threads.load(viewer, id);
    const post = await this.sql.first(opening, { id });
    const found = await this.similar.to(
      viewer,
      `${thread.title} ${post?.body ?? ''}`,
      i18n.locale,
      id,
    );
    return page(
      'search/beside',
      { thread: { title: thread.title, href: `/t/${id}` }, ...similarView(found, i18n) },
      { titleKey: 'search.similar.title' },
    );
  }

  /**
   * Without script: a page with what was found, that gives every word back. The draft is kept,
   * whichever way the writer leaves.
   */
  @Post('c/:slug/similar')
  @HttpCode(200)
  async before(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    const community = await this.writable(viewer, slug);
    const values = valuesOf(req.body);
    await this.limits.count('similar', viewer.memberId, 200, 3_600);
    const place = `/c/${slug}/threads`;
    await this.drafts.keep(viewer.memberId, place, values);
    const found = await this.similar.to(viewer, textOf(values), i18n.locale);
    const view = {
      community: { name: community.name, href: `/c/${slug}` },
      place,
      kept: hidden(values),
      written: textOf(values) !== '',
      ...similarView(found, i18n),
    };
    return page('search/before', view, { titleKey: 'search.similar.title' });
  }

  /** With script: the same, as a piece of a page. Nothing is kept. */
  @Post('c/:slug/similar/list')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'private, no-store')
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<string> {
    await this.writable(viewer, slug);
    await this.limits.count('similar', viewer.memberId, 200, 3_600);
    const found = await this.similar.to(viewer, textOf(valuesOf(req.body)), i18n.locale);
    return this.templates.render('partials/similar-things', similarView(found, i18n), {
      locale: i18n.locale,
    });
  }

  private async writable(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.communities.load(viewer, slug);
    if (canPost(viewer, community)) return community;
    if (!canRead(viewer, community) && community.visibility === 'unlisted') throw new NotFound();
    throw new Forbidden('threads.hindrance.join');
  }
}

const one = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '');

function textOf(values: Values): string {
  return `${one(values.title)} ${one(values.body)}`.trim();
}

/** Every field as it was sent, to be sent again. */
function hidden(values: Values): { name: string; value: string }[] {
  return Object.entries(values)
    .filter(([name]) => !['_csrf', 'place'].includes(name))
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => ({ name, value: each })),
    );
}
