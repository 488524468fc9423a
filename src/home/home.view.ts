import type { DirectoryRow } from '../communities/communities.queries.js';
import { communityCard } from '../communities/communities.view.js';
import { isLimited, type Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { afterView, HOME_ANCHOR, type CareView } from '../posts/author-card.view.js';
import type { AuthorCards } from '../posts/author-cards.service.js';
import { postPath } from '../posts/post-address.js';
import type { ItemKind, RenderedItem, ThreadItems } from '../threads/thread-items.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';
import { threadItem, type ThreadItem } from '../threads/thread-list.view.js';
import type { OwnCommunityRow, OwnPostRow, ToolkitItemRow } from './home.queries.js';

export interface GuestHomeView {
  communities: ReturnType<typeof communityCard>[];
}

export function guestHomeView(rows: readonly DirectoryRow[], i18n: Translator): GuestHomeView {
  return { communities: rows.map((row) => communityCard(row, i18n)) };
}

export interface HomeFacts {
  readonly viewer: Viewer;
  readonly unanswered: readonly ThreadRow[];
  readonly fresh: readonly ThreadRow[];
  /** Renders threads of a list in memory; null if they were read for this member. */
  readonly items: ThreadItems | null;
  readonly communities: readonly OwnCommunityRow[];
  readonly own: readonly OwnPostRow[];
  readonly toolkit: readonly ToolkitItemRow[];
  /** Help shown to the member after a distressing post; null if there is none. */
  readonly care: Awaited<ReturnType<AuthorCards['after']>>;
}

interface Link {
  name: string;
  href: string;
}

export interface HomeView {
  handle: string;
  verified: boolean;
  unread: string | null;
  care: CareView | null;
  /** The notes tell posts with the same title apart. */
  held: { href: string; title: string; note: string }[];
  /** Places where the member can write; empty if there are none yet. */
  write: Link[];
  waiting: (ThreadItem | RenderedItem)[];
  fresh: (ThreadItem | RenderedItem)[];
  mine: (Link & { visiting: boolean })[];
  kit: Link[];
}

export function homeView(facts: HomeFacts, i18n: Translator): HomeView {
  const { viewer, unanswered, care } = facts;
  const item = (row: ThreadRow, kind: ItemKind): ThreadItem | RenderedItem =>
    facts.items?.item(row, kind, i18n) ?? threadItem(row, i18n);
  return {
    handle: viewer.handle,
    verified: viewer.verified,
    unread: viewer.unread === 0 ? null : i18n.t('home.unread', { count: viewer.unread }),
    care: care === null ? null : afterView(care.card, HOME_ANCHOR, care, i18n),
    held: facts.own
      .filter((row) => row.held)
      .map((row) => ({
        href: postPath(row.threadId, row.number),
        title: row.title === '' ? i18n.t('threads.away') : row.title,
        note: i18n.t('home.held.note', {
          number: row.number,
          community: row.community,
          time: i18n.exactly(row.createdAt),
        }),
      })),
    write:
      viewer.verified && !isLimited(viewer)
        ? facts.communities
            .filter((row) => !row.visiting)
            .map((row) => ({ name: row.name, href: `/c/${row.slug}` }))
        : [],
    waiting: unanswered.map((row) => item(row, 'home-waiting')),
    fresh: facts.fresh
      .filter((row) => !unanswered.some((other) => other.id === row.id))
      .map((row) => item(row, 'home-fresh')),
    mine: facts.communities.map((row) => ({
      name: row.name,
      href: `/c/${row.slug}`,
      visiting: row.visiting,
    })),
    kit: facts.toolkit.map((row) => ({ name: row.name, href: `/toolkit/use/${row.slug}` })),
  };
}
