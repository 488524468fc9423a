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

/** Days of which "this month" tells. */
const MONTH = 30 * DAY;
/** Fewer people than these could be recognised, and are not counted for others to read. */
export const FEWEST_COUNTED = 10;

export interface TagFacts {
  tag: string;
  kind: 'difficulty' | 'situation';
  /** People who said "same boat" this month; null for so few that they are not counted. */
  people: number | null;
  communities: DirectoryRow[];
  threads: ThreadRow[];
}

/** What there is on the site about one difficulty or situation. */
@Injectable()
export class TagPages {
  private readonly counts = new CachedAnswer<ReadonlyMap<string, number>>(HOUR);

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly directory: CommunityDirectory,
  ) {}

  /** @throws NotFound for a tag that there is not */
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
      people: people < FEWEST_COUNTED ? null : people,
      communities,
      threads,
    };
  }

  // All tags at once and seldom: nobody can tell from a change who has pressed just now.
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
