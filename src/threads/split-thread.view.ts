import type { Translator } from '../i18n/translator.js';
import type { PreparedPost } from '../posts/post-fragments.js';
import { postPath } from '../posts/post-address.js';
import type { PostRow, PostView } from '../posts/post.view.js';
import type { AccessibleThread } from './thread-access.js';
import type { LinkedThread, MergedThread } from './thread-extras.js';
import type { LeftPostRow } from './thread-posts.queries.js';

/** Stands where a post was that moved to another thread, so that links to it still lead there. */
export interface LeftPostView {
  left: { number: number; href: string; text: string };
}

/** Stands above the first post of a thread that was merged into this one. */
export interface MergedHereView {
  merged: { text: string; title: string; reason: string };
}

/** What the page says of a thread that was split. */
export interface SplitView {
  from: { href: string; title: string } | null;
  into: { href: string; title: string }[];
  /** Empty for readers whom it does not concern. */
  reason: string;
}

/** @returns null if the thread was never split, or the viewer can read no other part of it */
export function splitView(thread: AccessibleThread, i18n: Translator): SplitView | null {
  const { splitFrom, splitInto, changeReason } = thread;
  if (splitFrom === null && splitInto === null) return null;
  return {
    from: splitFrom === null ? null : linkTo(splitFrom),
    into: (splitInto ?? []).map(linkTo),
    reason: changeReason === '' ? '' : i18n.t('threads.split.why', { reason: changeReason }),
  };
}

function linkTo({ id, title }: LinkedThread): { href: string; title: string } {
  return { href: `/t/${id}`, title };
}

/**
 * The posts of a page, with those that left in their former places, and with a line where those of a
 * merged thread begin.
 */
export function withLeftPosts<View extends PostView | PreparedPost>(
  rows: readonly PostRow[],
  views: readonly View[],
  left: readonly LeftPostRow[],
  merged: readonly MergedThread[],
  i18n: Translator,
): (View | LeftPostView | MergedHereView)[] {
  if (left.length === 0 && merged.length === 0) return [...views];
  const posts = rows.flatMap(({ number }, at) => {
    const view = views[at];
    return view === undefined
      ? []
      : [{ number, view: view as View | LeftPostView | MergedHereView }];
  });
  const beginnings = merged.map(({ number, title, reason }) => ({
    number,
    view: {
      merged: {
        text: i18n.t(title === '' ? 'threads.merge.from' : 'threads.merge.from-titled'),
        title,
        reason: reason === '' ? '' : i18n.t('threads.merge.why', { reason }),
      },
    },
  }));
  const places = left.map((row) => ({
    number: row.former,
    view: {
      left: {
        number: row.former,
        href: postPath(row.threadId, row.number),
        text: i18n.t('threads.split.left', { number: row.former }),
      },
    },
  }));
  return [...beginnings, ...posts, ...places]
    .sort((a, b) => a.number - b.number)
    .map(({ view }) => view);
}
