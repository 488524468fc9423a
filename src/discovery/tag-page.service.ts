import { Injectable } from '@nestjs/common';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import type { DirectoryRow } from '../communities/communities.queries.js';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { CachedAnswer } from '../kernel/cached-answer.js';
import { Clock, DAY, HOUR, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { outsideRequest } from '../kernel/request-reads.js';
import { Sql } from '../kernel/sql.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';
import { sameBoatCounts, threadsOfTag } from './tag-page.queries.js';

/** The period that "this month" covers. */
const MONTH = 30 * DAY;
/** Smaller counts could identify somebody and are not shown. */
export const MIN_COUNT_SHOWN = 10;

export interface TagFacts {
  tag: string;
  kind: 'difficulty' | 'situation';
  /** People who reacted "same boat" this month; null if there are too few to show. */
  people: number | null;
  communities: DirectoryRow[];
  threads: ThreadRow[];
}

/** Everything on the site about one difficulty or situation. */
@Injectable()
export class TagPages {
  private readonly counts = new CachedAnswer<ReadonlyMap<string, number>>(HOUR);

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly directory: CommunityDirectory,
  ) {}

  /** @throws NotFound for an unknown tag */
  async read(viewer: MaybeViewer, tag: string): Promise<TagFacts> {
    const kind = kindOf(tag);
    if (kind === null) throw new NotFound();
    const filter = { text: '', difficulty: '', situation: '', format: '', language: '' };
    const [counts, communities, threads] = await Promise.all([
      this.counts.get(this.clock.now(), () => this.count()),
      this.directory.list(viewer, { ...filter, visibility: '', [kind]: tag }),
      this.sql.rows(threadsOfTag, {
        tag,
        viewerId: viewer?.memberId ?? null,
        isStaff: isStaff(viewer),
      }),
    ]);
    const people = counts.get(tag) ?? 0;
    return {
      tag,
      kind,
      people: people < MIN_COUNT_SHOWN ? null : people,
      communities,
      threads,
    };
  }

  // Counts all tags together and caches them, so that a change does not reveal who just reacted.
  private async count(): Promise<ReadonlyMap<string, number>> {
    const since = later(this.clock.now(), -MONTH);
    const rows = await outsideRequest(() => this.sql.rows(sameBoatCounts, { since }));
    return new Map(rows.map(({ tag, people }) => [tag, people]));
  }
}

function kindOf(tag: string): TagFacts['kind'] | null {
  if ((DIFFICULTIES as readonly string[]).includes(tag)) return 'difficulty';
  return (SITUATIONS as readonly string[]).includes(tag) ? 'situation' : null;
}
