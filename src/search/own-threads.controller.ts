import { Controller, Get, Param, Post } from '@nestjs/common';
import { titleFor } from '../content/visibility.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Sql, statement } from '../kernel/sql.js';

/** Rows of each list: the newest that somebody chose. */
const MOST = 200;

interface OwnThread {
  id: string;
  title: string;
  community: string;
  lastPostAt: Date;
  level: 'following' | 'muted';
}

const ownThreads = statement<{ memberId: string }, OwnThread>(
  'search.own-threads',
  `
    select t.id, ${titleFor('t', 'c', ':memberId')} as title, c.name as community,
      t.last_post_at as "lastPostAt", f.level
    from (select x.*, row_number() over (partition by x.level order by x.thread_id desc) as place
      from thread_follows x
      where x.member_id = :memberId) f
    join threads t on t.id = f.thread_id
    join communities c on c.id = t.community_id
    where f.place <= ${MOST}
    order by t.last_post_at desc, t.id desc
  `,
);
const undo = statement<{ memberId: string; threadId: string }, object>(
  'search.undo-thread-level',
  'delete from thread_follows where member_id = :memberId and thread_id = :threadId',
);

/** Threads one follows and threads one hid, each with a way back: hidden, they are in no list. */
@Controller('mine/threads')
export class OwnThreadsController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(ownThreads, { memberId: viewer.memberId });
    const listed = (level: OwnThread['level']): object[] =>
      rows
        .filter((row) => row.level === level)
        .map((row) => ({
          id: row.id,
          href: row.title === '' ? null : `/t/${row.id}`,
          title: row.title === '' ? i18n.t('threads.away') : row.title,
          meta: i18n.t('search.own-threads.last', {
            when: i18n.when(row.lastPostAt),
            name: row.community,
          }),
        }));
    return page(
      'search/own-threads',
      { followed: listed('following'), hidden: listed('muted') },
      { titleKey: 'search.own-threads.title' },
    );
  }

  /** Also for a thread that one may no longer open. */
  @Post(':id/undo')
  async undo(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) threadId: string,
  ): Promise<SeeOther> {
    await this.sql.rows(undo, { memberId: viewer.memberId, threadId });
    return seeOther('/mine/threads', 'threads.notice.undone');
  }
}
