import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { bySlug, type StrategyRow } from './strategy-page.queries.js';

/** Loads strategies that the viewer may see. */
@Injectable()
export class StrategyAccess {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound if the viewer may not see it; the error tells whether it was withdrawn */
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

  /** @throws NotFound if it is not published */
  async published(viewer: MaybeViewer, slug: string): Promise<StrategyRow> {
    const row = await this.load(viewer, slug);
    if (row.status !== 'published') throw new NotFound();
    return row;
  }
}
