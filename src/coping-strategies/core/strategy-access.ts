import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { bySlug, type StrategyRow } from './strategy-page.queries.js';

/** Strategies seen through the viewer. */
@Injectable()
export class StrategyAccess {
  constructor(private readonly sql: Sql) {}

  /**
   * @throws NotFound also for what the viewer may not know of; of one that was taken back it says
   * so, and no more
   */
  async load(viewer: MaybeViewer, slug: string): Promise<StrategyRow> {
    const row = await this.sql.first(bySlug, {
      slug: slug.slice(0, 80),
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
    });
    if (row === null) throw new NotFound();
    if (row.status === 'withdrawn') throw new NotFound('strategies.gone');
    return row;
  }

  /** One that everybody can see. */
  async published(viewer: MaybeViewer, slug: string): Promise<StrategyRow> {
    const row = await this.load(viewer, slug);
    if (row.status !== 'published') throw new NotFound();
    return row;
  }
}
