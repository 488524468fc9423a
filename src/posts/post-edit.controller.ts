import { Controller, Get, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { Form, type FaultyForm, type Submitted, type Values } from '../http/form.js';
import { formView } from '../http/form-page.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { noteOptions } from './compose.view.js';
import { newToken } from '../kernel/ids.js';
import { Drafts } from './drafts.service.js';
import { EditPost } from './post.dto.js';
import { orDisclosureReview } from './disclosure-review.js';
import { disclosureReviewView } from './disclosure-review.view.js';
import type { DisclosureReport } from '../disclosure/disclosure-check.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { postPath } from './post-address.js';
import { PostEditing } from './post-editing.service.js';
import { PostHistory } from './post-history.js';
import { canEdit, canTakeBack } from './posts.policy.js';

/** Changing one's own post, its history, taking it back. */
@Controller('posts/:id')
export class PostEditController {
  constructor(
    private readonly door: PostAccess,
    private readonly editing: PostEditing,
    private readonly history: PostHistory,
    private readonly drafts: Drafts,
    private readonly clock: Clock,
  ) {}

  @Get('edit')
  async form(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const post = await this.mine(viewer, id);
    if (!canEdit(viewer, post, this.clock.now())) throw new Forbidden('posts.error.edit-window');
    return this.editPage(viewer, i18n, post);
  }

  @Post('edit')
  async edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(EditPost) form: Submitted<EditPost>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editPage(viewer, i18n, await this.mine(viewer, id), form);
    const post = await orDisclosureReview(() => this.editing.edit(viewer, id, form.value));
    if ('look' in post)
      return this.editPage(
        viewer,
        i18n,
        await this.mine(viewer, id),
        { faults: [], values: form.values },
        post.look,
      );
    await this.drafts.drop(viewer.memberId, `/posts/${id}/edit`);
    return seeOther(
      postPath(post.threadId, post.number),
      post.held ? 'posts.notice.edited-held' : 'posts.notice.edited',
    );
  }

  @Get('history')
  async past(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const post = await this.door.load(viewer, id);
    return page('posts/history', await this.history.view(post, i18n), {
      titleKey: 'posts.history.title',
    });
  }

  @Get('take-back')
  async ask(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<Page> {
    const post = await this.mine(viewer, id);
    if (!canTakeBack(post)) throw new NotFound();
    return page(
      'posts/take-back',
      { id, back: postPath(post.threadId, post.number), named: post.aliasId === null },
      { titleKey: 'posts.take-back.title' },
    );
  }

  @Post('delete')
  async takeBack(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    const post = await this.editing.takeBack(viewer, id);
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.taken-back');
  }

  @Post('detach')
  async detach(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    const post = await this.editing.detachName(viewer, id);
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.detached');
  }

  private async mine(viewer: Viewer, id: string): Promise<AccessiblePost> {
    const post = await this.door.load(viewer, id);
    if (!post.mine) throw new NotFound();
    return post;
  }

  private async editPage(
    viewer: Viewer,
    i18n: Translator,
    post: AccessiblePost,
    faulty?: FaultyForm,
    look?: DisclosureReport,
  ): Promise<Page> {
    const place = `/posts/${post.id}/edit`;
    const now = await this.history.current(post.id);
    const draft = faulty === undefined ? await this.drafts.of(viewer.memberId, place) : null;
    const stored: Values = {
      body: now.body,
      contentWarnings: now.contentWarnings,
      summary: now.summary,
      version: String(post.version),
    };
    const form = formView(i18n, faulty, { ...stored, ...(draft ?? {}) });
    const view = {
      id: post.id,
      place,
      form,
      version: form.values.version ?? post.version,
      notes: noteOptions(i18n, form.values.contentWarnings),
      back: postPath(post.threadId, post.number),
      readers: i18n.t(`posts.readers.${post.readers}`),
      draft: draft !== null,
      draftKey: form.values.draftKey ?? newToken(9),
      look:
        look === undefined
          ? null
          : disclosureReviewView(
              i18n,
              look,
              form.values,
              { action: place, change: '#body' },
              { title: '', ...now },
            ),
    };
    return page('posts/edit', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'posts.edit.title',
    });
  }
}
