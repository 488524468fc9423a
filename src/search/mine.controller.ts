import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { readIdCursor, escapeLike, FIRST_PAGE } from '../http/pagination.js';
import { page, type Page } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { formPage } from '../posts/drafts.service.js';
import { postPath } from '../posts/post-address.js';
import { MINE_A_PAGE, myDrafts, myPosts, mySaves, type MyPost } from './mine.queries.js';
import { SavedSearches } from './saved-searches.service.js';
import { readSearchOptions } from './search-options.js';
import { parts } from './snippet.js';

/** Each word anywhere, with the signs of a pattern meaning themselves. */
export function patternsOf(q: string): string[] {
  return q
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 10)
    .map((word) => `%${escapeLike(word)}%`);
}

const plain = (text: string): string =>
  parts(text)
    .map((part) => part.text)
    .join('');

/** What is one's own: posts under any name, drafts, kept threads and kept searches. */
@Controller('mine')
export class MineController {
  constructor(
    private readonly sql: Sql,
    private readonly saved: SavedSearches,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const { q } = readSearchOptions(req.query);
    const before = readIdCursor(req.query.before);
    const patterns = patternsOf(q);
    const posts = await this.sql.rows(myPosts, {
      memberId: viewer.memberId,
      patterns,
      beforeThisId: before,
      limit: MINE_A_PAGE + 1,
    });
    const first = before === FIRST_PAGE;
    const drafts = first
      ? await this.sql.rows(myDrafts, { memberId: viewer.memberId, patterns })
      : [];
    const saves = first
      ? await this.sql.rows(mySaves, {
          memberId: viewer.memberId,
          patterns,
          isStaff: isStaff(viewer),
        })
      : [];
    const shown = posts.slice(0, MINE_A_PAGE);
    const last = shown.at(-1);
    const view = {
      q,
      first,
      posts: shown.map((row) => myPost(row, i18n)),
      next:
        posts.length > shown.length && last !== undefined
          ? `/mine?${new URLSearchParams({ ...(q === '' ? {} : { q }), before: last.id }).toString()}`
          : null,
      drafts: drafts.map((row) => ({
        href: formPage(row.place),
        title: row.title === '' ? i18n.t('search.mine.untitled') : row.title,
        text: plain(row.body),
        place: row.place,
        others: row.others,
        meta: i18n.t('search.mine.changed', { when: i18n.when(row.updatedAt) }),
      })),
      saves: saves.map((row) => ({
        href: `/t/${row.threadId}`,
        title: row.title,
        meta: i18n.t('search.mine.kept', { when: i18n.when(row.savedAt), name: row.community }),
      })),
      searches: first && q === '' ? await this.saved.of(viewer.memberId) : [],
    };
    return page('search/mine', view, { titleKey: 'search.mine.title' });
  }
}

function myPost(row: MyPost, i18n: Translator): object {
  const under = row.aliasName === null ? '' : i18n.t('search.mine.under', { name: row.aliasName });
  const stands = row.status === 'published' ? '' : i18n.t(`search.mine.status.${row.status}`);
  return {
    href: postPath(row.threadId, row.number),
    title: row.title === '' ? i18n.t('threads.away') : row.title,
    text: plain(row.body),
    meta: [
      i18n.t('search.mine.written', { when: i18n.when(row.createdAt), name: row.community }),
      under,
      stands,
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}
