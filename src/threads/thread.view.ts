import { DAY } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import type { FormView } from '../http/errors-in-form.js';
import type { MaybeViewer } from '../http/viewer.js';
import { hoursInWords } from '../communities/moderated-hours.js';
import { compareTiers } from '../review/review-targets.js';
import { noteOptions, ticked, type Option } from '../posts/compose.view.js';
import type { CardFacts } from '../posts/author-card.view.js';
import type { DisclosureReviewView } from '../posts/disclosure-review.view.js';
import { authorView } from '../posts/author.js';
import { PAGE_SIZE, pageOf, postPath } from '../posts/post-address.js';
import { needsCare, postView, type PostRow, type PostView } from '../posts/post.view.js';
import { LOCK_HOURS, SLOW_MINUTES } from './thread.dto.js';
import type { AccessibleThread } from './thread-access.js';
import type { AnsweredPostRow } from './thread-posts.queries.js';
import { mayChooseAlias, threadAbilitiesOf } from './threads.policy.js';

/** After so long the people of a thread may have moved on; the notice says so and stops nobody. */
export const OLD_THREAD = 90 * DAY;

export interface ThreadView {
  id: string;
  title: string;
  kind: string;
  community: { name: string; href: string };
  posts: PostView[];
  pages: Pages | null;
  need: { wish: string; guidance: string };
  old: string | null;
  locked: string | null;
  hindrance: { text: string; href: string | null; label: string | null } | null;
  reply: ReplyBox | null;
  follow: { action: string; label: string; muted: boolean } | null;
  /** Said to everybody where replies are slowed. */
  slow: string | null;
  save: { action: string; label: string } | null;
  /** Where its writer says which step towards help it tells of. */
  story: string | null;
  /** From the team, after a hard time in the thread. */
  update: string | null;
  cooling: CoolingView | null;
  /** For its writer, while it waits for a first answer: that it is not forgotten. Never by whom. */
  passedOn: string | null;
}

/** What a moderator may do to calm the thread. */
export interface CoolingView {
  unlock: boolean;
  lock: { value: number; label: string; selected: boolean }[];
  slow: { value: number; label: string; selected: boolean }[];
}

export interface ReplyBox {
  action: string;
  form: FormView;
  notes: Option[];
  notesOpen: boolean;
  idempotencyKey: string;
  under: { alias: string | null; handle: string; choice: boolean; checked: boolean };
  /** The post that is answered: referred to, never copied. */
  replyTo: { id: string; href: string; text: string } | null;
  /** Strategies chosen for the reply before a fault sent it back. */
  strategies: { slugs: string[]; text: string } | null;
  hours: string;
  /** Who can read the answer. */
  readers: string;
  draft: boolean;
  look: DisclosureReviewView | null;
  acknowledge: boolean;
  /** Somebody here is having a very hard time: how to answer. */
  safely: boolean;
}

export interface Pages {
  previous: { href: string } | null;
  next: { href: string } | null;
  pages: { href: string; number: number; current: boolean; gap: boolean }[];
  summary: string;
}

export interface ThreadPageFacts {
  thread: AccessibleThread;
  posts: PostRow[];
  page: number;
  viewer: MaybeViewer;
  now: Date;
  show?: number;
  cards: CardFacts | null;
  box: {
    form: FormView;
    idempotencyKey: string;
    replyTo: AnsweredPostRow | null;
    draft: boolean;
    look: DisclosureReviewView | null;
  } | null;
}

export function threadView(facts: ThreadPageFacts, i18n: Translator): ThreadView {
  const { thread, viewer, now } = facts;
  const may = threadAbilitiesOf(viewer, thread);
  const hindrance = may.replyHindrance;
  const reader = {
    threadId: thread.id,
    viewer,
    now,
    mayWrite: hindrance === null,
    member: thread.seated,
    moderates: thread.moderates,
    archived: thread.archived,
    show: facts.show,
    cards: facts.cards,
  };
  return {
    id: thread.id,
    title: thread.title,
    kind: i18n.t(`threads.kind.${thread.kind}.label`),
    community: { name: thread.communityName, href: `/c/${thread.slug}` },
    posts: facts.posts.map((row) => postView(row, reader, i18n)),
    pages: pagesOf(thread, facts.page, i18n),
    need: {
      wish: i18n.t(`threads.wish.${thread.replyWish}.shown`),
      guidance: i18n.t(`threads.wish.${thread.replyWish}.guidance`),
    },
    old:
      now.getTime() - thread.lastPostAt.getTime() > OLD_THREAD
        ? i18n.t('threads.old', { when: i18n.when(thread.lastPostAt) })
        : null,
    locked:
      thread.lockedAt === null
        ? null
        : thread.lockedUntil === null
          ? i18n.t('threads.locked')
          : i18n.t('threads.locked-until', { when: i18n.exactly(thread.lockedUntil) }),
    hindrance: hindrance === null ? null : hindranceView(hindrance, thread, i18n),
    reply:
      hindrance === null && viewer !== null && facts.box !== null
        ? replyBox(facts, viewer.handle, i18n)
        : null,
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
    update:
      thread.teamUpdate === null
        ? null
        : thread.teamUpdate === ''
          ? i18n.t('threads.update.neutral')
          : thread.teamUpdate,
    cooling: may.lock ? coolingView(thread, i18n) : null,
    passedOn: thread.passedOn === null ? null : i18n.t(`threads.passed-on.${thread.passedOn}`),
  };
}

function replyBox(facts: ThreadPageFacts, handle: string, i18n: Translator): ReplyBox | null {
  const { thread, box, now } = facts;
  if (box === null) return null;
  const chosen = box.form.values.contentWarnings;
  return {
    action: `/t/${thread.id}/replies`,
    form: box.form,
    notes: noteOptions(i18n, chosen),
    notesOpen: chosen !== undefined && chosen.length > 0,
    idempotencyKey: box.idempotencyKey,
    under: {
      alias: thread.aliasName,
      handle,
      choice: mayChooseAlias(thread),
      checked: ticked(box.form.values.anonymous),
    },
    replyTo: box.replyTo === null ? null : answeredView(box.replyTo, thread.id, i18n),
    strategies: chosenStrategies(box.form.values.strategies, i18n),
    hours: hoursInWords(i18n, thread.hours, now),
    readers: i18n.t(`posts.readers.${thread.readers}`),
    draft: box.draft,
    look: box.look,
    safely:
      facts.posts.some(needsCare) ||
      (!thread.mine && compareTiers(thread.openingTier, 'urgent') >= 0),
    acknowledge: (thread.acknowledgedVersion ?? 0) < thread.guidelinesVersion,
  };
}

function answeredView(
  post: AnsweredPostRow,
  threadId: string,
  i18n: Translator,
): ReplyBox['replyTo'] {
  const text = i18n.t('threads.reply.to', {
    number: post.number,
    name: authorView(post, i18n).name,
  });
  return { id: post.id, href: postPath(threadId, post.number), text };
}

function chosenStrategies(
  value: string | string[] | undefined,
  i18n: Translator,
): ReplyBox['strategies'] {
  const slugs = [value ?? []].flat().filter((slug) => /^[a-z0-9-]{2,80}$/.test(slug));
  return slugs.length === 0
    ? null
    : { slugs, text: i18n.t('strategies.for.chosen', { count: slugs.length }) };
}

function hindranceView(
  why: string,
  thread: AccessibleThread,
  i18n: Translator,
): ThreadView['hindrance'] {
  const ways: Record<string, string> = {
    'sign-in': `/login?next=/t/${thread.id}`,
    join: `/c/${thread.slug}`,
    verify: '/settings/security',
    limited: '/notifications?kind=team',
  };
  const href = ways[why] ?? null;
  return {
    text: i18n.t(`threads.hindrance.${why}`),
    href,
    label: href === null ? null : i18n.t(`threads.hindrance.way.${why}`),
  };
}

function coolingView(thread: AccessibleThread, i18n: Translator): CoolingView {
  return {
    unlock: thread.lockedAt !== null,
    lock: LOCK_HOURS.map((value) => ({
      value,
      label: i18n.t('threads.lock.hours', { hours: value }),
      selected: value === 24,
    })),
    slow: SLOW_MINUTES.map((value) => ({
      value,
      label: i18n.t('threads.slow.minutes', { minutes: value }),
      selected: value === thread.slowMinutes,
    })),
  };
}

function followView(thread: AccessibleThread, i18n: Translator): ThreadView['follow'] {
  const following = thread.level === 'following';
  return {
    action: `/t/${thread.id}/${following ? 'unfollow' : 'follow'}`,
    label: i18n.t(following ? 'threads.unfollow' : 'threads.follow'),
    muted: thread.level === 'muted',
  };
}

/** The first, the last and the neighbours; what lies between is a gap. */
export function pagesOf(thread: AccessibleThread, page: number, i18n: Translator): Pages | null {
  const last = pageOf(thread.lastNumber);
  if (last === 1) return null;
  const href = (number: number): string => `/t/${thread.id}${number > 1 ? `?page=${number}` : ''}`;
  const shown = [...new Set([1, page - 1, page, page + 1, last])]
    .filter((number) => number >= 1 && number <= last)
    .sort((a, b) => a - b);
  return {
    previous: page > 1 ? { href: href(page - 1) } : null,
    next: page < last ? { href: href(page + 1) } : null,
    pages: shown.map((number, at) => ({
      number,
      href: href(number),
      current: number === page,
      gap: at > 0 && number - (shown[at - 1] ?? 0) > 1,
    })),
    summary: i18n.t('threads.pages', {
      page,
      last,
      from: (page - 1) * PAGE_SIZE + 1,
      to: Math.min(page * PAGE_SIZE, thread.lastNumber),
    }),
  };
}
