import { titleForAuthorSql } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

/** A text that an edit or a withdrawal replaced. */
export interface PostVersionRow {
  version: number;
  bodyHtml: string;
  /** The thread's title; only for an opening. */
  title: string | null;
  replacedAt: Date;
}

/** Earlier versions of a post, newest first. */
export const postVersions = statement<{ postId: string }, PostVersionRow>(
  'posts.versions',
  `
    select version, body_html as "bodyHtml", title, replaced_at as "replacedAt"
    from post_versions
    where post_id = :postId
    order by version desc
  `,
);

export interface CurrentText {
  /** The thread's title. */
  title: string;
  body: string;
  contentWarnings: string[];
  summary: string;
  ending: string;
  language: string | null;
}

export interface OwnTextRow {
  id: string;
  body: string;
  version: number;
}

/** The member's own texts, as typed. */
export const ownTexts = statement<{ postIds: readonly string[]; memberId: string }, OwnTextRow>(
  'posts.own-texts',
  `
    select id, body, version
    from posts
    where id = any(:postIds) and author_id = :memberId
  `,
);

export const currentText = statement<{ id: string }, CurrentText>(
  'posts.current',
  `
    select ${titleForAuthorSql('t')} as title, p.body, p.content_warnings as "contentWarnings",
      p.summary, p.ending, p.language
    from posts p
    join threads t on t.id = p.thread_id
    where p.id = :id
  `,
);

export interface DerivedStrategy {
  slug: string;
  name: string;
}

/** Strategies that the viewer created from a post and that are in the library, or may be. */
export const derivedStrategies = statement<{ id: string; viewerId: string }, DerivedStrategy>(
  'posts.strategies-made-of',
  `
    select slug, name
    from coping_strategies
    where source_post_id = :id
      and member_id = :viewerId
      and status in ('proposed', 'published')
    order by name, id
  `,
);
