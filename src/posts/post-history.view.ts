import type { Translator } from '../i18n/translator.js';
import type { AccessiblePost } from './post-access.js';
import { postPath } from './post-address.js';
import type { PostVersionRow } from './post-history.queries.js';
import { canSeePostVersions } from './posts.policy.js';

export interface PostHistoryView {
  back: string;
  /** Whether the viewer may read the earlier texts, and not only when they were replaced. */
  shown: boolean;
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
  i18n: Translator,
): PostHistoryView {
  const shown = canSeePostVersions(post);
  return {
    back: postPath(post.threadId, post.number),
    shown,
    edits: versions.map((row) => ({
      version: row.version,
      when: i18n.exactly(row.replacedAt),
      iso: row.replacedAt.toISOString(),
      title: shown ? row.title : null,
      bodyHtml: shown ? row.bodyHtml : null,
    })),
  };
}
