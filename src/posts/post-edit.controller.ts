import { Controller, Get, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { formPage } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { draftFormOf, Drafts } from './drafts.service.js';
import { EditPost } from './post.dto.js';
import { catchReview } from './disclosure-review.js';
import type { DisclosureReport } from '../disclosure/disclosure-check.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { postPath } from './post-address.js';
import { editPath, postEditView, withdrawalView } from './post-edit.view.js';
import { PostEditing } from './post-editing.service.js';
import { PostHistory } from './post-history.service.js';
import { postHistoryView } from './post-history.view.js';
import { canEdit, canWithdraw } from './posts.policy.js';
import { ThreadTitles } from './thread-titles.service.js';

/** Editing and withdrawing one's own post, and its version history. */
@Controller('posts/:id')
export class PostEditController {
  constructor(
    private readonly access: PostAccess,
    private readonly editing: PostEditing,
    private readonly titles: ThreadTitles,
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
    const post = await catchReview(() => this.editing.edit(viewer, id, form.value));
    if ('review' in post)
      return this.editPage(
        viewer,
        i18n,
        await this.mine(viewer, id),
        { faults: [], values: form.values },
        post.review.disclosure ?? undefined,
      );
    await this.drafts.drop(viewer.memberId, editPath(id), draftFormOf(form.values));
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
    const post = await this.access.load(viewer, id);
    if (viewer !== null) await this.history.recordReading(viewer, post);
    const versions = await this.history.versions(post.id);
    const poll = await this.history.pollOf(post);
    return page('posts/history', postHistoryView(post, versions, poll, i18n), {
      titleKey: 'posts.history.title',
    });
  }

  @Get('take-back')
  async ask(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<Page> {
    const post = await this.mine(viewer, id);
    if (!canWithdraw(post)) throw new NotFound();
    const strategies = await this.history.strategiesFrom(viewer, post.id);
    return page('posts/take-back', withdrawalView(post, strategies), {
      titleKey: 'posts.take-back.title',
    });
  }

  @Post('delete')
  async takeBack(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    const post = await this.editing.takeBack(viewer, id);
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.taken-back');
  }

  @Post('delete-title')
  async deleteTitle(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    const post = await this.titles.delete(viewer, id);
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.title-deleted');
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
    const post = await this.access.load(viewer, id);
    if (!post.mine) throw new NotFound();
    return post;
  }

  private async editPage(
    viewer: Viewer,
    i18n: Translator,
    post: AccessiblePost,
    faulty?: InvalidForm,
    disclosure?: DisclosureReport,
  ): Promise<Page> {
    const [current, quoted, draft] = await Promise.all([
      this.history.current(post.id),
      this.history.quoted(post.id),
      faulty === undefined ? this.drafts.of(viewer.memberId, editPath(post.id)) : null,
    ]);
    const view = postEditView({ post, current, quoted, draft, faulty, disclosure }, i18n);
    return formPage('posts/edit', view, faulty, { titleKey: 'posts.edit.title' });
  }
}
