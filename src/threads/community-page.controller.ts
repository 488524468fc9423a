import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { canModerate, canPost, canRead, canVisit } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { about } from '../communities/communities.queries.js';
import { aboutView } from '../communities/communities.view.js';
import { page, type Page } from '../http/page.js';
import { I18n, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { pinnedThreads, SORTS, THREADS_A_PAGE } from './thread-list.queries.js';
import { cursorOf, threadItem } from './thread-list.view.js';
import { threadsOf } from './thread-lists.js';

/**
 * A community: what it is for, its guidelines, who is there, its threads. Four queries for a
 * member, whatever its size.
 */
@Controller('c/:slug')
export class CommunityPageController {
  constructor(
    private readonly door: CommunityAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    const community = await this.door.load(viewer, slug);
    const [row] = await this.sql.rows(about, {
      communityId: community.id,
      viewerId: viewer?.memberId ?? null,
      now: this.clock.now(),
    });
    if (row === undefined) throw new NotFound();
    const sort = SORTS.find((known) => known === textQuery(req, 'sort')) ?? 'active';
    const topic = community.topics.find((known) => known === textQuery(req, 'tag')) ?? null;
    const readable = canRead(viewer, community);
    const after = textQuery(req, 'after');
    const rows = readable
      ? await threadsOf(
          this.sql,
          { communityId: community.id, viewerId: viewer?.memberId ?? null, sort, topic, after },
          THREADS_A_PAGE + 1,
        )
      : [];
    const first = after === undefined && sort !== 'unanswered' && topic === null;
    const pinned =
      readable && first
        ? await this.sql.rows(pinnedThreads, {
            communityId: community.id,
            viewerId: viewer?.memberId ?? null,
          })
        : [];
    const shown = rows.slice(0, THREADS_A_PAGE);
    const last = shown.at(-1);
    const address = (changes: Record<string, string | null>): string =>
      addressOf(slug, { sort: sort === 'active' ? null : sort, tag: topic, ...changes });
    const view = {
      about: aboutView(
        community,
        row,
        {
          now: this.clock.now(),
          mayWrite: canPost(viewer, community),
          moderates: canModerate(viewer, community),
          mayVisit: canVisit(viewer, community),
        },
        i18n,
      ),
      readable,
      guest: viewer === null,
      login: `/login?next=/c/${slug}`,
      sorts: SORTS.map((known) => ({
        href: address({ sort: known === 'active' ? null : known }),
        label: i18n.t(`threads.sort.${known}`),
        current: known === sort,
      })),
      topics: community.topics.map((name) => ({
        name,
        href: address({ tag: name === topic ? null : name }),
        current: name === topic,
      })),
      threads: [...pinned, ...shown].map((thread) => threadItem(thread, i18n)),
      empty: i18n.t(`threads.empty.${sort}`),
      next:
        rows.length > THREADS_A_PAGE && last !== undefined
          ? address({ after: cursorOf(last) })
          : null,
    };
    return page('communities/community', view, {
      title: community.name,
      indexable: community.searchEnginesSince !== null,
      canonical: `/c/${slug}`,
      feed:
        community.visibility === 'public' && !community.archived
          ? `/c/${slug}/feed.atom`
          : undefined,
    });
  }
}

function addressOf(slug: string, query: Record<string, string | null>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/c/${slug}${set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`}`;
}
