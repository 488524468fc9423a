import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import {
  canPost,
  canRead,
  mustAcknowledge,
  readersOfNew,
  type AccessibleCommunity,
} from '../communities/community-access.js';
import { hoursInWords } from '../communities/moderated-hours.js';
import { Clock } from '../kernel/clock.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import type { Translator } from '../i18n/translator.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { formView } from '../http/form-page.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember } from '../http/request.js';
import { isLimited, type Viewer } from '../http/viewer.js';
import { choice, noteOptions, ticked } from '../posts/compose.view.js';
import { orDisclosureReview } from '../posts/disclosure-review.js';
import { disclosureReviewView } from '../posts/disclosure-review.view.js';
import type { DisclosureReport } from '../disclosure/disclosure-check.js';
import { Drafts } from '../posts/drafts.service.js';
import type { PostedPost } from './post-writer.js';
import { Posting } from './posting.service.js';
import { KINDS, NewThread, REPLY_WISHES } from './new-thread.dto.js';

/** Writing a new thread. */
@Controller('c/:slug')
export class ComposeController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly posting: Posting,
    private readonly drafts: Drafts,
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
    const before = await this.posting.sentBefore(viewer, form.value);
    if (before !== null) return this.posted(before);
    await this.limits.count('thread', viewer.memberId, 20, 3_600);
    const posted = await orDisclosureReview(() =>
      refusedField(() => this.posting.post(viewer, community, form.value), form.values),
    );
    if ('look' in posted)
      return this.composer(
        viewer,
        i18n,
        community,
        { faults: [], values: form.values },
        posted.look,
      );
    if ('form' in posted) return this.composer(viewer, i18n, community, posted.form);
    if (posted.done.again) await this.limits.giveBack('thread', viewer.memberId);
    return this.posted(posted.done);
  }

  private posted(thread: PostedPost): SeeOther {
    return seeOther(
      `/t/${thread.threadId}`,
      thread.held ? 'posts.notice.held' : 'threads.notice.posted',
    );
  }

  private async writable(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.access.load(viewer, slug);
    if (canPost(viewer, community)) return community;
    if (!canRead(viewer, community) && community.visibility === 'unlisted') throw new NotFound();
    if (community.archived) throw new Forbidden('threads.hindrance.archived');
    if (isLimited(viewer)) throw new Forbidden('threads.hindrance.limited');
    throw new Forbidden(
      community.role === null ? 'threads.hindrance.join' : 'threads.hindrance.verify',
    );
  }

  private async composer(
    viewer: Viewer,
    i18n: Translator,
    community: AccessibleCommunity,
    faulty?: FaultyForm,
    look?: DisclosureReport,
  ): Promise<Page> {
    const place = `/c/${community.slug}/threads`;
    const draft = faulty === undefined ? await this.drafts.of(viewer.memberId, place) : null;
    const form = formView(i18n, faulty, draft ?? {});
    const { values } = form;
    const key = values.idempotencyKey;
    const view = {
      community: { name: community.name, href: `/c/${community.slug}` },
      place,
      form,
      kinds: choice(i18n, 'threads.kind', KINDS, values.kind),
      wishes: choice(i18n, 'threads.wish', REPLY_WISHES, values.replyWish),
      notes: noteOptions(i18n, values.contentWarnings),
      topics: community.topics.map((value) => ({
        value,
        label: value,
        selected: values.topic === value,
      })),
      alias: community.aliasesAllowed ? { checked: ticked(values.anonymous) } : null,
      handle: viewer.handle,
      acknowledge: mustAcknowledge(community),
      readers: i18n.t(`posts.readers.${readersOfNew(community)}`),
      hours: hoursInWords(i18n, community.hours, this.clock.now()),
      idempotencyKey: typeof key === 'string' && key !== '' ? key : newToken(12),
      draft: draft !== null,
      look:
        look === undefined
          ? null
          : disclosureReviewView(i18n, look, form.values, { action: place, change: '#body' }),
    };
    return page('threads/new', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'threads.new.title',
    });
  }
}
