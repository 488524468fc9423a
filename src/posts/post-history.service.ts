import { Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { quotedPosts } from './post-quotes.queries.js';
import {
  currentText,
  postVersions,
  type CurrentText,
  type PostVersionRow,
} from './post-history.queries.js';

/** The current text of a post, and its earlier versions. */
@Injectable()
export class PostHistory {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound without such a post */
  async current(id: string): Promise<CurrentText> {
    const post = await this.sql.first(currentText, { id });
    if (post === null) throw new NotFound();
    return post;
  }

  /** The posts that the post quotes, in the order of display. */
  quoted(postId: string): Promise<{ id: string; number: number }[]> {
    return this.sql.rows(quotedPosts, { postId });
  }

  /** The newest first. */
  versions(postId: string): Promise<PostVersionRow[]> {
    return this.sql.rows(postVersions, { postId });
  }
}
