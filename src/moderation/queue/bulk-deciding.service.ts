import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import type { Tx } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { StaleCase } from '../core/stale-case.js';
import { DecideForm } from '../decisions/decide.dto.js';
import { Deciding } from '../decisions/deciding.service.js';
import type { BulkForm } from './bulk.dto.js';
import { chosenCases, type ChosenCase } from './bulk.queries.js';
import { bulkObstacle, readChosen, type ChosenRef } from './chosen-cases.js';

/** Decides several cases with one form, each as it would be decided alone. */
@Injectable()
export class BulkDeciding {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly deciding: Deciding,
  ) {}

  /** @returns those of the cases that the viewer may see, by id */
  async cases(viewer: Viewer, refs: readonly ChosenRef[]): Promise<Map<string, ChosenCase>> {
    if (refs.length === 0) return new Map();
    const rows = await this.sql.rows(chosenCases, this.query(viewer, refs));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Decides each of the chosen cases in a transaction of its own. Leaves out a case that somebody
   * else decided or took, that changed, or that needs a decision of its own: the page of the chosen
   * cases says why. Sending the form again decides nothing twice.
   * @returns how many were decided
   */
  async decide(viewer: Viewer, form: BulkForm): Promise<number> {
    let decided = 0;
    for (const ref of readChosen(form.case)) {
      const sent = Object.assign(new DecideForm(), {
        action: form.action,
        rule: form.rule,
        reason: form.reason,
        version: String(ref.version),
      });
      try {
        await this.deciding.decide(viewer, ref.id, sent, (tx) => this.check(tx, viewer, ref));
        decided += 1;
      } catch (error) {
        if (!(error instanceof StaleCase || error instanceof NotFound)) throw error;
      }
    }
    return decided;
  }

  // The row is locked by now, so nothing changes before the decision is recorded.
  private async check(tx: Tx, viewer: Viewer, ref: ChosenRef): Promise<void> {
    const [row] = await this.sql.rowsIn(tx, chosenCases, this.query(viewer, [ref]));
    if (row === undefined || bulkObstacle(row, ref.version) !== null) throw new StaleCase();
  }

  private query(
    viewer: Viewer,
    refs: readonly ChosenRef[],
  ): { ids: string[]; viewerId: string; isStaff: boolean; now: Date } {
    return {
      ids: refs.map(({ id }) => id),
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      now: this.clock.now(),
    };
  }
}
