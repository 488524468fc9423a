import { Controller, Get } from '@nestjs/common';
import { directory } from '../communities/communities.queries.js';
import { communityCard } from '../communities/communities.view.js';
import { page, type Page } from '../http/page.js';
import { InWords, Who } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { postPath } from '../posts/post-address.js';
import { threadItem } from '../threads/thread-list.view.js';
import { atHand, heldOfMine, myCommunities, newForMe, waitingForMe } from './home.queries.js';

/** How many open communities a guest gets a glimpse of. */
const GLIMPSE = 6;
const MONTH = 30 * DAY;

@Controller()
export class HomeController {
  constructor(private readonly sql: Sql, private readonly clock: Clock) {}

  @Get()
  async show(@Who() viewer: MaybeViewer, @InWords() words: Words): Promise<Page> {
    const now = this.clock.now();
    if (viewer === null) {
      const rows = await this.sql.rows(directory, [null, '', later(now, -DAY), later(now, -7 * DAY), later(now, -MONTH), '', '', '', '']);
      const open = rows.filter((row) => row.visibility === 'public').slice(0, GLIMPSE);
      return page('content/home-guest', { communities: open.map((row) => communityCard(row, words)) }, { indexable: true, canonical: '/' });
    }
    const [waiting, fresh, mine, held, kit] = [
      await this.sql.rows(waitingForMe, [viewer.memberId, later(now, -MONTH)]),
      await this.sql.rows(newForMe, [viewer.memberId]),
      await this.sql.rows(myCommunities, [viewer.memberId]),
      await this.sql.rows(heldOfMine, [viewer.memberId]),
      await this.sql.rows(atHand, [viewer.memberId]),
    ];
    const view = {
      handle: viewer.handle,
      verified: viewer.verified,
      unread: viewer.unread === 0 ? null : words.t('home.unread', { count: viewer.unread }),
      held: held.map((row) => ({ href: postPath(row.threadId, row.number), title: row.title === '' ? words.t('threads.away') : row.title })),
      waiting: waiting.map((row) => threadItem(row, words)),
      fresh: fresh.filter((row) => !waiting.some((other) => other.id === row.id)).map((row) => threadItem(row, words)),
      mine: mine.map((row) => ({ name: row.name, href: `/c/${row.slug}`, visiting: row.visiting })),
      kit: kit.map((row) => ({ name: row.name, href: `/toolkit/use/${row.slug}` })),
    };
    return page('home/member', view, {});
  }
}
