import { Controller, Param, Post } from '@nestjs/common';
import type { Translator } from '../i18n/translator.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ThreadMerged } from '../kernel/errors.js';
import { countedPost, REPLIES } from '../posting/counted-post.js';
import type { PostedPost } from '../posting/post-writer.js';
import { withNewIdempotencyKey } from '../posting/sent-before.js';
import { carePath, postPath } from '../posts/post-address.js';
import { catchReview } from '../posts/disclosure-review.js';
import { ThreadPage, type ThreadPageQuery } from '../threads/thread-page.js';
import { NewReply } from './reply.dto.js';
import { Replying } from './replying.service.js';

@Controller('t/:id/replies')
export class RepliesController {
  constructor(
    private readonly replying: Replying,
    private readonly threads: ThreadPage,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async post(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(NewReply) form: Submitted<NewReply>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.showAgain(viewer, i18n, id, form);
    const { value } = form;
    const prepared = this.replying.prepare(viewer, id, value);
    const reply = (): Promise<PostedPost> =>
      countedPost(
        this.limits,
        REPLIES,
        viewer,
        value.idempotencyKey,
        () => this.replying.findSubmittedBefore(viewer, id, value),
        () => this.replying.reply(viewer, id, value, undefined, prepared),
      );
    const posted = await catchReview(() => catchFieldError(reply, form.values));
    if ('review' in posted)
      return this.show(viewer, i18n, id, {
        page: 'last',
        faulty: { faults: [], values: form.values },
        review: posted.review,
      });
    if ('form' in posted)
      return this.showAgain(viewer, i18n, id, withNewIdempotencyKey(posted.form));
    return this.posted(posted.done);
  }

  private posted({ threadId, number, needsHelp, held }: PostedPost): SeeOther {
    if (needsHelp) return seeOther(carePath(threadId, number));
    return seeOther(
      postPath(threadId, number),
      held ? 'posts.notice.held' : 'threads.notice.replied',
    );
  }

  private showAgain(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    faulty: InvalidForm,
  ): Promise<Page> {
    // A reference to a post that cannot be answered is dropped, so that the text can be submitted
    // again as a plain reply.
    const invalid = faulty.faults.some(({ field }) => field === 'replyTo');
    return this.show(viewer, i18n, id, {
      page: 'last',
      faulty: invalid ? { ...faulty, values: { ...faulty.values, replyTo: '' } } : faulty,
    });
  }

  // The text of a reply to a merged thread comes back on the page of the one it was merged into.
  private async show(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    query: ThreadPageQuery,
  ): Promise<Page> {
    try {
      return await this.threads.show(viewer, i18n, id, query);
    } catch (error) {
      if (error instanceof ThreadMerged) return this.threads.show(viewer, i18n, error.into, query);
      throw error;
    }
  }
}
