import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { isLimited } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { BoundedCache } from '../rendering/bounded-cache.js';
import { Doorkeeper, hashOf } from '../rendering/doorkeeper.js';
import { BODY_MARK, PageFragment, TOKEN_MARK } from '../rendering/page-fragment.js';
import { Templates } from '../rendering/templates.js';
import type { Reader } from './post-actions.view.js';
import { postView, type PostRow, type PostView } from './post.view.js';

/** A post whose HTML is rendered except for its body and the reader's token. */
export interface PreparedPost extends Pick<PostView, 'bodyHtml' | 'strategies'> {
  fragment: PageFragment;
  care: null;
}

interface Kept {
  row: PostRow;
  /** Relative times, which change as time passes. */
  times: string;
  fragment: PageFragment;
  strategies: PostView['strategies'];
}

/** Maximum size in bytes of all fragments in the process. */
const MAX_BYTES = 8 * 1_024 * 1_024;
/**
 * While they are full, one of this many new fragments is admitted: each is several objects that
 * outlive young collections of garbage, and what it saves is a twentieth of a page.
 */
const ONE_OF = 32;
/** Estimated bytes of a row without its body, and of its map entries. */
const ROW_BYTES = 1_000;
/** Estimated bytes of a fragment, with its row. */
const FRAGMENT_BYTES = 4_000;

/**
 * Caches the HTML of posts without their bodies. Most readers see most posts alike: a fragment is
 * reused only while everything it depends on is unchanged, so it needs no invalidation. Posts with
 * personal content, or that depend on more than the row, are always rendered, and so is a post that
 * nobody has asked for lately.
 */
@Injectable()
export class PostFragments {
  private readonly cache = new BoundedCache<Kept>(MAX_BYTES, ONE_OF);
  private readonly door = new Doorkeeper();
  /** Number of posts rendered, and of posts served from the cache. */
  readonly counts = { rendered: 0, reused: 0 };

  constructor(private readonly templates: Templates) {}

  get bytes(): number {
    return this.cache.bytes;
  }

  /**
   * @param wish the kind of reply that the thread's author asked for, in words
   * @returns a function that gives the view of each post of a page
   */
  forReader(
    reader: Reader,
    wish: string,
    i18n: Translator,
  ): (row: PostRow) => PostView | PreparedPost {
    const { viewer, threadId, page, mayWrite, member, moderates, archived } = reader;
    const role =
      viewer === null ? 'guest' : viewer.verified && !isLimited(viewer) ? 'member' : 'limited';
    // Everything about the reader that the view of a cacheable post depends on.
    const key = JSON.stringify([
      this.templates.loads,
      i18n.locale,
      i18n.timeZone,
      role,
      threadId,
      page,
      mayWrite,
      member,
      moderates,
      archived,
      wish,
    ]);
    const hash = hashOf(key);
    const shared = reader.quoting.length === 0 && reader.show === undefined;
    return (row) => {
      if (shared && isOrdinary(row)) {
        const prepared = this.door.knows(hash ^ Number(row.id))
          ? this.prepared(`${row.id} ${String(row.notesOpen)} ${key}`, row, reader, wish, i18n)
          : null;
        if (prepared !== null) return prepared;
        this.counts.rendered += 1;
      }
      return postView(row, reader, i18n, wish);
    };
  }

  /** @returns null if the post would not be kept: a fragment takes more to make than the post */
  private prepared(
    key: string,
    row: PostRow,
    reader: Reader,
    wish: string,
    i18n: Translator,
  ): PreparedPost | null {
    let cached = this.cache.get(key);
    if (cached === undefined && !this.cache.admits(FRAGMENT_BYTES)) return null;
    const times = timesOf(row, i18n);
    if (cached === undefined || cached.times !== times || !isSamePost(cached.row, row)) {
      this.counts.rendered += 1;
      cached = { ...this.rendered(row, reader, wish, i18n), times };
      this.cache.put(key, cached, cached.fragment.bytes + ROW_BYTES);
    } else this.counts.reused += 1;
    const { fragment, strategies } = cached;
    return { fragment, strategies, bodyHtml: row.bodyHtml, care: null };
  }

  private rendered(
    row: PostRow,
    reader: Reader,
    wish: string,
    i18n: Translator,
  ): Omit<Kept, 'times'> {
    const withoutBody = { ...row, bodyHtml: BODY_MARK };
    const view = postView(withoutBody, reader, i18n, wish);
    const html = this.templates.piece('partials/post', view, {
      locale: i18n.locale,
      csrf: TOKEN_MARK,
    });
    return { row: withoutBody, fragment: new PageFragment(html), strategies: view.strategies };
  }
}

/** Whether a post looks the same to every reader with the same key: see `forReader`. */
function isOrdinary(row: PostRow): boolean {
  return (
    row.status === 'published' &&
    row.reacted === null &&
    !row.mine &&
    !row.quotes &&
    !row.blocked &&
    !row.unwanted
  );
}

function timesOf({ createdAt, editedAt }: PostRow, i18n: Translator): string {
  const created = i18n.when(createdAt);
  return editedAt === null ? created : `${created}\n${i18n.when(editedAt)}`;
}

/** Whether two rows are equal in every column except the body. */
function isSamePost(one: PostRow, other: PostRow): boolean {
  for (const name in one) {
    const column = name as keyof PostRow;
    if (column !== 'bodyHtml' && !isDeepStrictEqual(one[column], other[column])) return false;
  }
  return true;
}
