import { Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import type { AccessiblePost } from './post-access.js';
import { postPath } from './post-address.js';
import { canSeePostVersions } from './posts.policy.js';

interface Wording {
  version: number;
  bodyHtml: string;
  replacedAt: Date;
}

interface Current {
  body: string;
  contentWarnings: string[];
  summary: string;
}

const wordings = statement<{ postId: string }, Wording>(
  'posts.wordings',
  `
    select version, body_html as "bodyHtml", replaced_at as "replacedAt"
    from post_versions
    where post_id = :postId
    order by version desc
  `,
);
const current = statement<{ id: string }, Current>(
  'posts.current',
  'select body, content_warnings as "contentWarnings", summary from posts where id = :id',
);

/** What a post said before. */
@Injectable()
export class PostHistory {
  constructor(private readonly sql: Sql) {}

  async current(id: string): Promise<Current> {
    const post = await this.sql.first(current, { id });
    if (post === null) throw new NotFound();
    return post;
  }

  async view(post: AccessiblePost, i18n: Translator): Promise<object> {
    const rows = await this.sql.rows(wordings, { postId: post.id });
    const shown = canSeePostVersions(post);
    return {
      back: postPath(post.threadId, post.number),
      shown,
      edits: rows.map((row) => ({
        version: row.version,
        when: i18n.exactly(row.replacedAt),
        iso: row.replacedAt.toISOString(),
        bodyHtml: shown ? row.bodyHtml : null,
      })),
    };
  }
}
