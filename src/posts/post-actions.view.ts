import type { MaybeViewer } from '../http/viewer.js';
import type { CardFacts } from './author-card.view.js';
import type { AuthorView } from './author.js';
import { MOST_QUOTES, quotePath } from './post-address.js';
import type { QuoteRow } from './post-quotes.queries.js';
import type { PostAbilities } from './posts.policy.js';

/** The reader of a thread page, and what the rules need of their place in it. */
export interface Reader {
  threadId: string;
  viewer: MaybeViewer;
  now: Date;
  /** May reply in the thread. */
  mayWrite: boolean;
  /** A member of the community, or a visitor. */
  member: boolean;
  moderates: boolean;
  archived: boolean;
  /** The page of the thread that is shown. */
  page: number;
  /** Numbers of posts chosen for quoting so far. */
  quoting: readonly number[];
  /** Quotations in the posts of the page. */
  quotes: readonly QuoteRow[];
  /** Number of a post that the reader asked for in spite of what they are spared. */
  show?: number;
  /** What the reader is told about their own posts; null where there is nothing to tell. */
  cards: CardFacts | null;
}

/** Where each action on a post leads; null where the reader may not take it. */
export interface PostActions {
  reply: string | null;
  quote: string | null;
  edit: string | null;
  takeBack: string | null;
  block: { action: string } | null;
  report: string | null;
}

export function actionsOf(
  row: { id: string; number: number; mine: boolean; blocked: boolean },
  reader: Reader,
  author: AuthorView,
  may: PostAbilities,
): PostActions {
  const others =
    reader.viewer !== null && !row.mine && may.read && (author.alias || author.profile !== null);
  return {
    reply: reader.mayWrite && may.read ? `/t/${reader.threadId}?reply=${row.number}#reply` : null,
    quote: reader.mayWrite && may.quote && !row.blocked ? quoteWay(row, reader) : null,
    edit: may.edit ? `/posts/${row.id}/edit` : null,
    takeBack: may.takeBack ? `/posts/${row.id}/take-back` : null,
    report: may.report ? `/posts/${row.id}/report` : null,
    block: others
      ? { action: author.alias ? `/posts/${row.id}/block` : `/members/${author.name}/block` }
      : null,
  };
}

// What is chosen already stays chosen.
function quoteWay(
  { number }: { number: number },
  { threadId, page, quoting }: Reader,
): string | null {
  const numbers = [...new Set([...quoting, number])];
  return numbers.length > MOST_QUOTES ? null : quotePath(threadId, page, numbers);
}
