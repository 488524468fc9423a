import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { ownJoinAnswer, type AnswerRow } from './join-answer.queries.js';

@Injectable()
export class JoinAnswers {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound if the answer is to somebody else */
  async loadOwn(viewer: Viewer, id: string): Promise<AnswerRow> {
    const answer = await this.sql.first(ownJoinAnswer, { id, viewerId: viewer.memberId });
    if (answer === null) throw new NotFound();
    return answer;
  }
}
