import { Injectable } from '@nestjs/common';
import { Clock, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { isId, newToken } from '../kernel/ids.js';
import { Messages } from '../i18n/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { formView } from '../http/errors-in-form.js';
import type { FaultyForm, Values } from '../http/form.js';
import { page, type Page } from '../http/page.js';
import type { MaybeViewer } from '../http/viewer.js';
import { CARE_STAYS } from '../review/after-care.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { disclosureReviewView } from '../posts/disclosure-review.view.js';
import type { DisclosureReport } from '../disclosure/disclosure-check.js';
import { PAGE_SIZE, pageOf } from '../posts/post-address.js';
import { ThreadAccess, type AccessibleThread } from './thread-access.js';
import { needsCare } from '../posts/post.view.js';
import {
  answeredPost,
  threadPosts,
  threadPostsForGuests,
  type AnsweredPostRow,
} from './thread-posts.queries.js';
import { threadView, type ThreadPageFacts } from './thread.view.js';
import { canReply } from './threads.policy.js';

const readNotices = statement<{ viewerId: string; id: string; now: Date }, object>(
  'threads.read-notices',
  `
    update notices
    set read_at = :now
    where member_id = :viewerId and thread_id = :id and read_at is null
  `,
);

export interface ThreadPageQuery {
  /** 1 is the first; `last` where a faulty reply is shown again. */
  page: number | 'last';
  /** Number of the post to answer. */
  reply?: number;
  /** Number of a post to show though the reader is spared such. */
  show?: number;
  faulty?: FaultyForm;
  /** Details in the reply, explained before it is published. */
  look?: DisclosureReport;
}

/**
 * The thread page: four queries for a member at the most, whatever its length; three more where
 * one's own post on it needs care.
 */
@Injectable()
export class ThreadPage {
  constructor(
    private readonly door: ThreadAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly cards: AuthorCards,
  ) {}

  async show(
    viewer: MaybeViewer,
    i18n: Translator,
    id: string,
    wishes: ThreadPageQuery,
  ): Promise<Page> {
    const thread = await this.door.load(viewer, id);
    const last = pageOf(thread.lastNumber);
    const number = wishes.page === 'last' ? last : wishes.page;
    if (number > last) throw new NotFound();
    const posts = await this.posts(viewer, thread, number);
    const now = this.clock.now();
    const box =
      viewer !== null && canReply(viewer, thread)
        ? await this.box(viewer.memberId, i18n, thread, wishes)
        : null;
    if (viewer !== null && viewer.unread > 0)
      await this.sql.rows(readNotices, { viewerId: viewer.memberId, id, now });
    const cards = await this.cards.facts(viewer?.memberId ?? null, posts, thread.hours);
    const facts: ThreadPageFacts = {
      thread,
      cards,
      posts,
      page: number,
      viewer,
      now,
      box,
      show: wishes.show,
    };
    return page('threads/thread', threadView(facts, i18n), {
      status: wishes.faulty === undefined ? 200 : 422,
      title: thread.title,
      indexable: thread.readers === 'search-engines' && number === 1 && !posts.some(needsCare),
      canonical: `/t/${id}${number > 1 ? `?page=${number}` : ''}`,
    });
  }

  private posts(
    viewer: MaybeViewer,
    thread: AccessibleThread,
    number: number,
  ): Promise<ThreadPageFacts['posts']> {
    const from = (number - 1) * PAGE_SIZE + 1;
    const to = number * PAGE_SIZE;
    if (viewer === null)
      return this.sql.rows(threadPostsForGuests, {
        threadId: thread.id,
        value2: from,
        value3: to,
        community: thread.communityId,
      });
    const since = later(this.clock.now(), -CARE_STAYS);
    return this.sql.rows(threadPosts, {
      threadId: thread.id,
      fromNumber: from,
      toNumber: to,
      viewerId: viewer.memberId,
      viewerModeratesHere: thread.moderates,
      community: thread.communityId,
      since,
    });
  }

  private async box(
    memberId: string,
    i18n: Translator,
    thread: AccessibleThread,
    wishes: ThreadPageQuery,
  ): Promise<ThreadPageFacts['box']> {
    const form = formView(this.messages, i18n.locale, wishes.faulty, thread.draft ?? {});
    const key = form.values.idempotencyKey;
    return {
      form,
      idempotencyKey: typeof key === 'string' && key !== '' ? key : newToken(12),
      replyTo: await this.answered(memberId, thread, wishes, form.values),
      draft: thread.draft !== null && wishes.faulty === undefined,
      look:
        wishes.look === undefined
          ? null
          : disclosureReviewView(i18n, wishes.look, form.values, {
              action: `/t/${thread.id}/replies`,
              change: '#body',
            }),
    };
  }

  /**
   * What the reply refers to: the post that was chosen now, else the one in the form or the draft.
   */
  private async answered(
    memberId: string,
    thread: AccessibleThread,
    wishes: ThreadPageQuery,
    values: Values,
  ): Promise<AnsweredPostRow | null> {
    const number = wishes.faulty === undefined ? (wishes.reply ?? null) : null;
    const id = typeof values.replyTo === 'string' && isId(values.replyTo) ? values.replyTo : null;
    if (number === null && id === null) return null;
    return this.sql.first(answeredPost, {
      threadId: thread.id,
      number,
      id,
      viewerId: memberId,
      community: thread.communityId,
    });
  }
}
