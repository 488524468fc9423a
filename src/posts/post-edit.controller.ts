import { Controller, Get, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import type { Words } from '../kernel/words.js';
import { Form, type FaultyForm, type Submitted, type Values } from '../http/form.js';
import { formView } from '../http/errors-in-form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member, Who } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { noteOptions } from './compose.view.js';
import { Drafts } from './drafts.service.js';
import { EditPost } from './post.dto.js';
import { unlessLookFirst } from './look-first.js';
import { lookView } from './look.view.js';
import type { Look } from '../safety/look-before.js';
import { PostDoor, type PostAccess } from './post-access.js';
import { postPath } from './post-address.js';
import { PostEditing } from './post-editing.service.js';
import { PostHistory } from './post-history.js';
import { canEdit, canTakeBack } from './posts.policy.js';

/** Changing one's own post, its history, taking it back. */
@Controller('posts/:id')
export class PostEditController {
  constructor(
    private readonly door: PostDoor,
    private readonly editing: PostEditing,
    private readonly history: PostHistory,
    private readonly drafts: Drafts,
    private readonly clock: Clock,
    private readonly messages: Messages,
  ) {}

  @Get('edit')
  async form(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const post = await this.mine(viewer, id);
    if (!canEdit(viewer, post, this.clock.now())) throw new Forbidden('posts.error.edit-window');
    return this.editPage(viewer, words, post);
  }

  @Post('edit')
  async edit(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(EditPost) form: Submitted<EditPost>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editPage(viewer, words, await this.mine(viewer, id), form);
    const post = await unlessLookFirst(() => this.editing.edit(viewer, id, form.value));
    if ('look' in post)
      return this.editPage(
        viewer,
        words,
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
    @Who() viewer: MaybeViewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const post = await this.door.open(viewer, id);
    return page('posts/history', await this.history.view(post, words), {
      titleKey: 'posts.history.title',
    });
  }

  @Get('take-back')
  async ask(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<Page> {
    const post = await this.mine(viewer, id);
    if (!canTakeBack(post)) throw new NotFound();
    return page(
      'posts/take-back',
      { id, back: postPath(post.threadId, post.number), named: post.aliasId === null },
      { titleKey: 'posts.take-back.title' },
    );
  }

  @Post('delete')
  async takeBack(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const post = await this.editing.takeBack(viewer, id);
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.taken-back');
  }

  @Post('detach')
  async detach(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const post = await this.editing.detachName(viewer, id);
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.detached');
  }

  private async mine(viewer: Viewer, id: string): Promise<PostAccess> {
    const post = await this.door.open(viewer, id);
    if (!post.mine) throw new NotFound();
    return post;
  }

  private async editPage(
    viewer: Viewer,
    words: Words,
    post: PostAccess,
    faulty?: FaultyForm,
    look?: Look,
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
    const form = formView(this.messages, words.locale, faulty, { ...stored, ...(draft ?? {}) });
    const view = {
      id: post.id,
      place,
      form,
      version: form.values.version ?? post.version,
      notes: noteOptions(words, form.values.contentWarnings),
      back: postPath(post.threadId, post.number),
      readers: words.t(`posts.readers.${post.readers}`),
      draft: draft !== null,
      look:
        look === undefined
          ? null
          : lookView(
              words,
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
