import type { Translator } from '../i18n/translator.js';
import type { PollRow } from '../polls/polls.js';
import type { AccessiblePost } from './post-access.js';
import { postPath } from './post-address.js';
import type { PostVersionRow } from './post-history.queries.js';
import { canSeePostVersions } from './posts.policy.js';

export interface PostHistoryView {
  back: string;
  /** Whether the viewer may read the earlier texts, not only when they were replaced. */
  shown: boolean;
  /** The poll of an opening, if the viewer may read the earlier texts. */
  poll: { question: string; options: string[] } | null;
  edits: {
    version: number;
    when: string;
    iso: string;
    title: string | null;
    bodyHtml: string | null;
  }[];
}

export function postHistoryView(
  post: AccessiblePost,
  versions: readonly PostVersionRow[],
  poll: PollRow | null,
  i18n: Translator,
): PostHistoryView {
  const shown = canSeePostVersions(post);
  return {
    back: postPath(post.threadId, post.number),
    shown,
    poll:
      poll === null
        ? null
        : { question: poll.question, options: poll.options.map(({ text }) => text) },
    edits: versions.map((row) => ({
      version: row.version,
      when: i18n.exactly(row.replacedAt),
      iso: row.replacedAt.toISOString(),
      title: shown ? row.title : null,
      bodyHtml: shown ? row.bodyHtml : null,
    })),
  };
}
