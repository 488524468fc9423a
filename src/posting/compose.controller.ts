import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import { requireCanPost, type AccessibleCommunity } from '../communities/community-access.js';
import { Clock } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { formPage } from '../http/form-page.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { catchReview, type SubmissionReview } from '../posts/disclosure-review.js';
import { Drafts } from '../posts/drafts.service.js';
import { countedPost, THREADS } from './counted-post.js';
import type { PostedPost } from './post-writer.js';
import { Posting } from './posting.service.js';
import { withNewIdempotencyKey } from './sent-before.js';
import { NewThread } from './new-thread.dto.js';
import { newThreadPath, newThreadView } from './new-thread.view.js';

/** The form for a new thread. */
@Controller('c/:slug')
export class ComposeController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly posting: Posting,
    private readonly drafts: Drafts,
    private readonly cards: AuthorCards,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  async form(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.writable(viewer, slug);
    return this.composer(viewer, i18n, community);
  }

  @Post('threads')
  async post(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(NewThread) form: Submitted<NewThread>,
  ): Promise<Page | SeeOther> {
    const community = await this.writable(viewer, slug);
    if (!form.valid) return this.composer(viewer, i18n, community, form);
    const { value } = form;
    const post = (): Promise<PostedPost> =>
      countedPost(
        this.limits,
        THREADS,
        viewer,
        value.idempotencyKey,
        () => this.posting.findSubmittedBefore(viewer, value),
        () => this.posting.post(viewer, community, value),
      );
    const posted = await catchReview(() => catchFieldError(post, form.values));
    if ('review' in posted) {
      const again = { faults: [], values: form.values };
      return this.composer(viewer, i18n, community, again, posted.review);
    }
    if ('form' in posted)
      return this.composer(viewer, i18n, community, withNewIdempotencyKey(posted.form));
    return this.posted(posted.done);
  }

  private posted(thread: PostedPost): SeeOther {
    // The help card comes first, and nothing else takes the focus.
    if (thread.needsHelp) return seeOther(`/t/${thread.threadId}`);
    return seeOther(
      `/t/${thread.threadId}`,
      thread.held ? 'posts.notice.held' : 'threads.notice.posted',
    );
  }

  private async writable(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.access.load(viewer, slug);
    requireCanPost(viewer, community);
    return community;
  }

  private async composer(
    viewer: Viewer,
    i18n: Translator,
    community: AccessibleCommunity,
    faulty?: InvalidForm,
    review?: SubmissionReview,
  ): Promise<Page> {
    const draft =
      faulty === undefined
        ? await this.drafts.of(viewer.memberId, newThreadPath(community.slug))
        : null;
    const now = this.clock.now();
    const danger = review?.danger ?? this.cards.namesDanger(draft);
    const ownHelp = danger ? await this.cards.ownHelp(viewer.memberId) : null;
    const facts = { community, viewer, now, draft, faulty, review, ownHelp };
    const view = newThreadView(facts, i18n);
    return formPage('threads/new', view, faulty, {
      titleKey: 'threads.new.title',
      helpFirst: danger,
    });
  }
}
