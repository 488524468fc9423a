import { Injectable } from '@nestjs/common';
import { statement, Sql } from '../kernel/sql.js';
import type { CaseSubject } from '../review/review-cases.js';

/** The subject that a reported URL refers to. */
export interface Place {
  readonly subject: CaseSubject;
  readonly communityId: string | null;
  readonly postId: string | null;
}

const post = statement<{ threadId: string; number: string }, { id: string; communityId: string }>(
  'reporting.place-post',
  `
    select p.id, t.community_id as "communityId"
    from posts p
    join threads t on t.id = p.thread_id
    where p.thread_id = :threadId and p.number = :number
  `,
);
const member = statement<{ handle: string }, { id: string }>(
  'reporting.place-member',
  'select id from members where handle = :handle::citext and closed_at is null',
);
const strategy = statement<{ slug: string }, { id: string }>(
  'reporting.place-strategy',
  'select id from coping_strategies where slug = :slug',
);

/** Resolves URLs of this site. The caller must not reveal whether a URL exists. */
@Injectable()
export class Places {
  constructor(private readonly sql: Sql) {}

  /**
   * @param text a URL as displayed by a browser, or its path
   * @returns null if it does not refer to anything reportable
   */
  async find(text: string): Promise<Place | null> {
    const address = URL.parse(text.trim(), 'http://here.invalid');
    if (address === null) return null;
    const thread = /^\/t\/([1-9]\d{0,17})$/.exec(address.pathname)?.[1];
    if (thread !== undefined)
      return this.post(thread, /^#post-([1-9]\d{0,8})$/.exec(address.hash)?.[1] ?? '1');
    const handle = /^\/@([a-zA-Z][a-zA-Z0-9-]{2,23})$/.exec(address.pathname)?.[1];
    if (handle !== undefined) return this.member(handle);
    const slug = /^\/strategies\/([a-z0-9-]{2,80})$/.exec(address.pathname)?.[1];
    return slug === undefined ? null : this.strategy(slug);
  }

  private async post(threadId: string, number: string): Promise<Place | null> {
    const row = await this.sql.first(post, { threadId, number });
    return row === null
      ? null
      : { subject: { kind: 'post', postId: row.id }, communityId: row.communityId, postId: row.id };
  }

  private async member(handle: string): Promise<Place | null> {
    const row = await this.sql.first(member, { handle });
    return row === null
      ? null
      : { subject: { kind: 'member', memberId: row.id }, communityId: null, postId: null };
  }

  private async strategy(slug: string): Promise<Place | null> {
    const row = await this.sql.first(strategy, { slug });
    return row === null
      ? null
      : { subject: { kind: 'strategy', strategyId: row.id }, communityId: null, postId: null };
  }
}
