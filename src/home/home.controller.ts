import { Controller, Get } from '@nestjs/common';
import { directory } from '../communities/communities.queries.js';
import { communityCard } from '../communities/communities.view.js';
import { page, type Page } from '../http/page.js';
import { I18n, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { CARE_STAYS } from '../review/after-care.js';
import { afterView, HOME, type CareView } from '../posts/author-card.view.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { postPath } from '../posts/post-address.js';
import { threadItem } from '../threads/thread-list.view.js';
import {
  atHand,
  ownInCare,
  myCommunities,
  newForMe,
  waitingForMe,
  type OwnPostRow,
} from './home.queries.js';

/** How many open communities a guest gets a glimpse of. */
const GLIMPSE = 6;
const MONTH = 30 * DAY;

@Controller()
export class HomeController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cards: AuthorCards,
  ) {}

  @Get()
  async show(@CurrentViewer() viewer: MaybeViewer, @I18n() i18n: Translator): Promise<Page> {
    const now = this.clock.now();
    if (viewer === null) {
      const rows = await this.sql.rows(directory, {
        viewerId: null,
        textToFind: '',
        since: later(now, -DAY),
        sinceWeek: later(now, -7 * DAY),
        sinceMonth: later(now, -MONTH),
        difficulty: '',
        situation: '',
        language: '',
        visibility: '',
      });
      const open = rows.filter((row) => row.visibility === 'public').slice(0, GLIMPSE);
      return page(
        'content/home-guest',
        { communities: open.map((row) => communityCard(row, i18n)) },
        { indexable: true, canonical: '/' },
      );
    }
    const [waiting, fresh, mine, own, kit] = [
      await this.sql.rows(waitingForMe, { viewerId: viewer.memberId, since: later(now, -MONTH) }),
      await this.sql.rows(newForMe, { viewerId: viewer.memberId }),
      await this.sql.rows(myCommunities, { viewerId: viewer.memberId }),
      await this.sql.rows(ownInCare, { viewerId: viewer.memberId, since: later(now, -CARE_STAYS) }),
      await this.sql.rows(atHand, { viewerId: viewer.memberId }),
    ];
    const view = {
      handle: viewer.handle,
      verified: viewer.verified,
      unread: viewer.unread === 0 ? null : i18n.t('home.unread', { count: viewer.unread }),
      care: await this.care(viewer.memberId, own, i18n),
      held: own
        .filter((row) => row.held)
        .map((row) => ({
          href: postPath(row.threadId, row.number),
          title: row.title === '' ? i18n.t('threads.away') : row.title,
        })),
      waiting: waiting.map((row) => threadItem(row, i18n)),
      fresh: fresh
        .filter((row) => !waiting.some((other) => other.id === row.id))
        .map((row) => threadItem(row, i18n)),
      mine: mine.map((row) => ({ name: row.name, href: `/c/${row.slug}`, visiting: row.visiting })),
      kit: kit.map((row) => ({ name: row.name, href: `/toolkit/use/${row.slug}` })),
    };
    return page('home/member', view, {});
  }

  // Asked for only where help stays: for everybody else the page costs what it did.
  private async care(
    memberId: string,
    own: OwnPostRow[],
    i18n: Translator,
  ): Promise<CareView | null> {
    const post = own.find((row) => row.cared);
    const facts = post === undefined ? null : await this.cards.after(memberId, post.id);
    return post === undefined || facts === null ? null : afterView(facts.card, HOME, facts, i18n);
  }
}
