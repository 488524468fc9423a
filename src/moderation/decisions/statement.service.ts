import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import {
  ownAppeal,
  ownDecisions,
  ownMessages,
  statementOf,
  type OwnAppeal,
  type OwnDecision,
  type OwnMessage,
  type StatementRow,
} from './statement.queries.js';

export interface StatementFacts {
  decision: StatementRow;
  /** The viewer's own appeal against it. */
  appeal: OwnAppeal | null;
  /** Empty for a reporter. */
  messages: OwnMessage[];
  now: Date;
}

/** Decisions as shown to those concerned. */
@Injectable()
export class Statements {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound unless the viewer is the member concerned or a reporter who received an answer
   */
  async load(viewer: Viewer, id: string): Promise<StatementRow> {
    const decision = await this.sql.first(statementOf, { id, viewerId: viewer.memberId });
    if (decision === null) throw new NotFound();
    return decision;
  }

  async facts(viewer: Viewer, decision: StatementRow): Promise<StatementFacts> {
    const [appeal, messages] = await Promise.all([
      this.sql.first(ownAppeal, { decisionId: decision.id, viewerId: viewer.memberId }),
      decision.as === 'author' ? this.sql.rows(ownMessages, { decisionId: decision.id }) : [],
    ]);
    return { decision, appeal, messages, now: this.clock.now() };
  }

  /** The viewer's own record: every decision with a statement, newest first. */
  async record(viewer: Viewer): Promise<{ decisions: OwnDecision[]; now: Date }> {
    const decisions = await this.sql.rows(ownDecisions, { memberId: viewer.memberId });
    return { decisions, now: this.clock.now() };
  }
}
