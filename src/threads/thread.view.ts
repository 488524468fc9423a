import { DAY } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import type { MaybeViewer } from '../http/viewer.js';
import { hoursInWords } from '../communities/moderated-hours.js';
import { nextStepText } from '../communities/reply-promise.js';
import { pollPanel, type PollPanel, type RefusedVote } from '../polls/poll-panel.js';
import type { PollRow } from '../polls/polls.js';
import { isShownFirst, type CardFacts, type CareView } from '../posts/author-card.view.js';
import { pageNumberOf, postPath } from '../posts/post-address.js';
import type { PostFragments, PreparedPost } from '../posts/post-fragments.js';
import type { Reader } from '../posts/post-actions.view.js';
import type { PostRow, PostView } from '../posts/post.view.js';
import { textLanguage, type TextLanguage } from '../posts/text-language.view.js';
import type { QuoteRow } from '../posts/post-quotes.queries.js';
import { groundingView, type GroundingRow, type GroundingView } from './grounding.js';
import { replyBox, type ReplyBox, type ReplyBoxFacts } from './reply-box.view.js';
import { obstacleView, RESOLVABLE_OBSTACLES, type ObstacleView } from './reply-obstacle.view.js';
import {
  splitView,
  withLeftPosts,
  type LeftPostView,
  type MergedHereView,
  type SplitView,
} from './split-thread.view.js';
import type { LeftPostRow } from './thread-posts.queries.js';
import { titleDeletion } from './title-deletion.view.js';
import { pagesOf, type Pages } from './thread-pages.view.js';
import { threadLockView, type ThreadLockView } from './thread-lock.view.js';
import type { AccessibleThread } from './thread-access.js';
import type { MergedThread } from './thread-extras.js';
import { canReply, threadAbilitiesOf } from './threads.policy.js';

/**
 * Milliseconds without a reply after which the page says that the participants may have moved on.
 */
export const OLD_THREAD = 90 * DAY;

export interface ThreadView {
  id: string;
  title: string;
  /** For the author of a deleted opening whose title still shows: URL for deleting the title. */
  titleDeletion: string | null;
  /** Language of the opening, if it differs from the page's. */
  language: TextLanguage | null;
  kind: string;
  community: { name: string; href: string };
  /** Help cards of the reader's own posts, above everything else. */
  cards: { care: CareView }[];
  posts: (PostView | PreparedPost | LeftPostView | MergedHereView)[];
  pages: Pages | null;
  need: { wish: string; guidance: string };
  old: string | null;
  locked: string | null;
  obstacle: ObstacleView | null;
  reply: ReplyBox | null;
  /** The poll of the opening, on the first page. */
  poll: PollPanel | null;
  /** A grounding strategy, if the page may be hard to read. */
  grounding: GroundingView | null;
  /** Links within the thread: to its last post, and to the first one that is new to the reader. */
  newest: string | null;
  unread: string | null;
  /** Whether the page links to the reply form, or to what must be done before replying. */
  jump: boolean;
  /** Whether a moderator is on duty now, or when. */
  hours: string;
  /** Strategies linked from the posts on the page. */
  strategies: { href: string; name: string }[];
  /** Page number, for the forms that redirect back to it. */
  page: number;
  follow: { action: string; label: string; muted: boolean } | null;
  /** Notice of the slow mode; null if it is off. */
  slow: string | null;
  save: { action: string; label: string } | null;
  /** URL for linking a story to a step towards help, for its author. */
  story: string | null;
  /** Link to the newest post in which the author says how things went. */
  authorUpdate: { href: string; text: string } | null;
  /** Links to the thread it was split from, and to those split from it. */
  split: SplitView | null;
  /** The team's update after a crisis in the thread. */
  update: string | null;
  moderation: ThreadLockView | null;
  /** For the author of a thread without replies: whom it was or will be forwarded to, and when. */
  passedOn: string | null;
}

/** The posts of a page, and everything that determines how this reader sees them. */
export interface ThreadReadFacts {
  thread: AccessibleThread;
  posts: PostRow[];
  page: number;
  viewer: MaybeViewer;
  now: Date;
  show?: number;
  cards: CardFacts | null;
  /** Numbers of the posts selected for quoting. */
  quoting: readonly number[];
  /** Quotations in the posts of the page. */
  quotes: readonly QuoteRow[];
}

export interface ThreadPageFacts extends ThreadReadFacts {
  /** Posts of the page that moved to other threads. */
  left: readonly LeftPostRow[];
  grounding: GroundingRow | null;
  poll: PollRow | null;
  /** A rejected vote. */
  vote: RefusedVote | null;
  fragments: PostFragments;
  /** Null if the viewer may not reply. */
  box: ReplyBoxFacts | null;
  /** Number of the first post that is new to the reader; null if there is none. */
  firstUnread: number | null;
}

export function readerOf(facts: ThreadReadFacts): Reader {
  const { thread, viewer, now } = facts;
  return {
    threadId: thread.id,
    viewer,
    now,
    mayWrite: canReply(viewer, thread),
    member: thread.seated,
    moderates: thread.moderates,
    archived: thread.archived,
    page: facts.page,
    quoting: facts.quoting,
    quotes: facts.quotes,
    show: facts.show,
    cards: facts.cards,
  };
}

export function threadView(facts: ThreadPageFacts, i18n: Translator): ThreadView {
  const { thread, viewer, now } = facts;
  const may = threadAbilitiesOf(viewer, thread);
  const obstacle = may.replyObstacle;
  const reader = readerOf(facts);
  const wish = i18n.t(`threads.wish.${thread.replyWish}.shown`);
  const oldAt = thread.lastPostAt.getTime() + OLD_THREAD;
  i18n.changesAt(oldAt);
  const posts = facts.posts.map(facts.fragments.forReader(reader, wish, i18n));
  return {
    id: thread.id,
    title: thread.title,
    language: textLanguage(facts.posts.find(({ number }) => number === 1)?.language ?? null, i18n),
    kind: i18n.t(`threads.kind.${thread.kind}.shown`),
    community: { name: thread.communityName, href: `/c/${thread.slug}` },
    cards: posts.flatMap(({ care }) => (care !== null && isShownFirst(care) ? [{ care }] : [])),
    posts: withLeftPosts(facts.posts, posts, facts.left, mergedOn(thread, facts.page), i18n),
    newest: thread.lastNumber > 1 ? postPath(thread.id, thread.lastNumber) : null,
    unread: facts.firstUnread === null ? null : postPath(thread.id, facts.firstUnread),
    jump: obstacle === null || RESOLVABLE_OBSTACLES.has(obstacle),
    hours: hoursInWords(i18n, thread.hours, now),
    strategies: strategiesIn(posts),
    page: facts.page,
    pages: pagesOf(thread, facts.page, i18n),
    need: {
      wish,
      guidance: i18n.t(`threads.wish.${thread.replyWish}.guidance`),
    },
    old:
      now.getTime() > oldAt ? i18n.t('threads.old', { when: i18n.when(thread.lastPostAt) }) : null,
    locked:
      thread.lockedAt === null
        ? null
        : thread.lockedUntil === null
          ? i18n.t('threads.locked')
          : i18n.t('threads.locked-until', { when: i18n.deadline(thread.lockedUntil) }),
    obstacle: obstacle === null ? null : obstacleView(obstacle, thread, i18n),
    reply:
      obstacle === null && viewer !== null && facts.box !== null
        ? replyBox(facts.box, facts, viewer.handle, i18n)
        : null,
    poll: pollPanel(
      facts.poll,
      { threadId: thread.id, mayVote: obstacle === null, now, vote: facts.vote },
      i18n,
    ),
    titleDeletion: titleDeletion(thread.title, facts.posts, i18n),
    grounding: facts.grounding === null ? null : groundingView(facts.grounding, i18n),
    follow: may.follow ? followView(thread, i18n) : null,
    slow:
      thread.slowMinutes === 0
        ? null
        : i18n.t('threads.slow.shown', { minutes: thread.slowMinutes }),
    save: may.save
      ? {
          action: `/t/${thread.id}/${thread.saved ? 'unsave' : 'save'}`,
          label: i18n.t(thread.saved ? 'threads.unsave' : 'threads.save'),
        }
      : null,
    story: thread.mine && thread.kind === 'experience' ? '/bridge' : null,
    authorUpdate:
      thread.authorUpdate === null
        ? null
        : {
            href: postPath(thread.id, thread.authorUpdate.number),
            text: i18n.t('threads.author-update', {
              when: i18n.when(new Date(thread.authorUpdate.at)),
            }),
          },
    split: splitView(thread, i18n),
    update:
      thread.teamUpdate === null
        ? null
        : thread.teamUpdate === ''
          ? i18n.t('threads.update.neutral')
          : thread.teamUpdate,
    moderation: may.lock ? threadLockView(thread, i18n) : null,
    passedOn: passedOnText(thread, now, i18n),
  };
}

/** The merged threads whose posts begin on a page. */
function mergedOn({ mergedHere }: AccessibleThread, page: number): MergedThread[] {
  return (mergedHere ?? []).filter(({ number }) => pageNumberOf(number) === page);
}

function passedOnText(thread: AccessibleThread, now: Date, i18n: Translator): string | null {
  if (thread.passedOn !== null) return i18n.t(`threads.passed-on.${thread.passedOn}`);
  return thread.nextStep === null ? null : nextStepText(thread.nextStep, now, i18n);
}

/** Each strategy once, in the order of the posts. */
function strategiesIn(posts: readonly (PostView | PreparedPost)[]): ThreadView['strategies'] {
  const all = posts.flatMap(({ strategies }) => strategies?.list ?? []);
  return [...new Map(all.map((each) => [each.href, each])).values()];
}

function followView(thread: AccessibleThread, i18n: Translator): ThreadView['follow'] {
  const following = thread.level === 'following';
  return {
    action: `/t/${thread.id}/${following ? 'unfollow' : 'follow'}`,
    label: i18n.t(following ? 'threads.unfollow' : 'threads.follow'),
    muted: thread.level === 'muted',
  };
}
