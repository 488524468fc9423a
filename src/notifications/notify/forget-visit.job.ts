import { Injectable } from '@nestjs/common';
import { Sql } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { deleteVisitNotice } from './forget-visit.queries.js';

type Visit = { memberId: string; communityId: string };

/** Deletes the notice of an ended visit, because a visit leaves no trace. */
@Injectable()
@Handles('forget-visit', 'default')
export class ForgetVisitJob implements Job<Visit> {
  constructor(private readonly sql: Sql) {}

  async run({ memberId, communityId }: Visit): Promise<void> {
    await this.sql.rows(deleteVisitNotice, { memberId, communityId });
  }
}
