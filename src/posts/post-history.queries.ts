import { statement } from '../kernel/sql.js';

/** A text that an edit or a withdrawal replaced. */
export interface PostVersionRow {
  version: number;
  bodyHtml: string;
  replacedAt: Date;
}

/** Earlier versions of a post, the newest first. */
export const postVersions = statement<{ postId: string }, PostVersionRow>(
  'posts.versions',
  `
    select version, body_html as "bodyHtml", replaced_at as "replacedAt"
    from post_versions
    where post_id = :postId
    order by version desc
  `,
);

export interface CurrentText {
  body: string;
  contentWarnings: string[];
  summary: string;
  ending: string;
  language: string | null;
}

export const currentText = statement<{ id: string }, CurrentText>(
  'posts.current',
  `
    select body, content_warnings as "contentWarnings", summary, ending, language
    from posts
    where id = :id
  `,
);
