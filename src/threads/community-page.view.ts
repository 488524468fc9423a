import {
  canModerate,
  canPost,
  canVisit,
  type AccessibleCommunity,
} from '../communities/community-access.js';
import type { AboutRow } from '../communities/communities.queries.js';
import { aboutView } from '../communities/communities.view.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { SORTS, THREADS_PER_PAGE, type Sort, type ThreadRow } from './thread-list.queries.js';
import type { RenderedItem, ThreadItems } from './thread-items.js';
import { cursorOf, threadItem, type ThreadItem } from './thread-list.view.js';

export interface CommunityPageQuery {
  readonly sort: Sort;
  readonly topic: string | null;
  /** Cursor of the page, from the URL; undefined for the first page. */
  readonly after: string | undefined;
}

export interface CommunityPageFacts {
  readonly viewer: MaybeViewer;
  readonly community: AccessibleCommunity;
  readonly about: AboutRow;
  /** Whether the viewer may read the threads. */
  readonly readable: boolean;
  readonly pinned: readonly ThreadRow[];
  /** One more than fits the page if another page follows. */
  readonly threads: readonly ThreadRow[];
  /** Renders threads of a list in memory; null if they were read for this viewer. */
  readonly items: ThreadItems | null;
  readonly query: CommunityPageQuery;
  readonly now: Date;
}

/** A community: its purpose, guidelines, people and threads. */
export interface CommunityPageView {
  about: ReturnType<typeof aboutView>;
  readable: boolean;
  guest: boolean;
  login: string;
  /** For guests: URL of the sign-up that joins the community and redirects back here. */
  signUp: string;
  sorts: { href: string; label: string; current: boolean }[];
  topics: { name: string; href: string; current: boolean }[];
  /** Folders into which moderators sorted threads. */
  folders: { name: string; href: string }[];
  threads: (ThreadItem | RenderedItem)[];
  empty: string;
  /** URL of the next page; null on the last. */
  next: string | null;
}

export function communityPageView(facts: CommunityPageFacts, i18n: Translator): CommunityPageView {
  const { viewer, community, now } = facts;
  const { sort, topic } = facts.query;
  const shown = facts.threads.slice(0, THREADS_PER_PAGE);
  const last = shown.at(-1);
  const address = (changes: Record<string, string | null>): string =>
    addressOf(community.slug, {
      sort: sort === 'active' ? null : sort,
      tag: topic,
      ...changes,
    });
  return {
    about: aboutView(
      community,
      facts.about,
      {
        now,
        mayWrite: canPost(viewer, community),
        moderates: canModerate(viewer, community),
        mayVisit: canVisit(viewer, community),
      },
      i18n,
    ),
    readable: facts.readable,
    guest: viewer === null,
    login: `/login?next=/c/${community.slug}`,
    signUp: `/signup?next=/c/${community.slug}&community=${community.slug}`,
    sorts: SORTS.map((known) => ({
      href: address({ sort: known === 'active' ? null : known }),
      label: i18n.t(`threads.sort.${known}`),
      current: known === sort,
    })),
    topics: community.topics.map((name) => ({
      name,
      href: address({ tag: name === topic ? null : name }),
      current: name === topic,
    })),
    folders: (facts.about.folders ?? []).map(({ id, name }) => ({
      name,
      href: `/c/${community.slug}/folders/${id}`,
    })),
    threads: [...facts.pinned, ...shown].map(
      (thread) => facts.items?.item(thread, 'community', i18n) ?? threadItem(thread, i18n),
    ),
    empty: i18n.t(`threads.empty.${community.archived ? 'closed' : sort}`),
    next:
      facts.threads.length > THREADS_PER_PAGE && last !== undefined
        ? address({ after: cursorOf(last) })
        : null,
  };
}

function addressOf(slug: string, query: Record<string, string | null>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/c/${slug}${set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`}`;
}
