import { Controller, Injectable, Param, Post, Req } from '@nestjs/common';
import { MaxLength, Matches } from 'class-validator';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { Form, type Submitted } from '../../http/form.js';
import { seeOther, type SeeOther } from '../../http/page.js';
import { IdPipe, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { AppError, FieldError } from '../../kernel/errors.js';
import { Sql, statement, queryIn } from '../../kernel/sql.js';
import { Outbox } from '../../outbox/outbox.js';
import { CASE_JOINS, CaseAccess, canSeeCaseSql } from '../core/case-access.js';
import { backToCase } from '../core/case-place.js';
import { pairInvited } from '../core/moderation.events.js';
import { AuditLog } from '../../review/audit-log.js';

export class PairForm {
  @Matches(/\S/, { message: 'moderation.error.pair' })
  @MaxLength(25, { message: 'moderation.error.pair' })
  handle = '';
}

/** A colleague with this handle who may see the case. */
const colleagueFor = statement<{ caseId: string; handle: string }, { id: string }>(
  'moderation.colleague-for',
  `select m.id from members m, review_cases rc ${CASE_JOINS}
   where rc.id = :caseId
     and m.handle = :handle::citext
     and m.closed_at is null
     and ${canSeeCaseSql('m.id', `m.role <> 'member'`)}`,
);

/**
 * Pairs two moderators on one case, so that nobody has to handle a crisis alone. Either may act;
 * the audit log records the pairing.
 */
@Injectable()
export class Pairing {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly caseAccess: CaseAccess,
    private readonly auditLog: AuditLog,
  ) {}

  /** @throws FieldError if no one with that handle may see the case */
  async invite(viewer: Viewer, caseId: string, handle: string): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    const colleague = await this.sql.first(colleagueFor, {
      caseId,
      handle: handle.replace(/^@/, ''),
    });
    if (colleague === null || colleague.id === viewer.memberId)
      throw new FieldError('handle', 'moderation.error.pair');
    await this.database.inTransaction(async (tx) => {
      const inserted = await queryIn<{ memberId: string }>(
        tx,
        `
          insert into case_pairs (case_id, member_id, invited_by, created_at)
          values (:caseId, :foundId, :viewerId, :now), (:caseId, :viewerId, :viewerId, :now)
          on conflict
          do nothing
          returning member_id as "memberId"
        `,
        { caseId, foundId: colleague.id, viewerId: viewer.memberId, now: this.clock.now() },
      );
      if (!inserted.some((row) => row.memberId === colleague.id)) return;
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'case.paired',
        caseId,
        communityId: access.communityId,
      });
      await this.outbox.append(tx, pairInvited({ caseId, memberId: colleague.id }));
    });
  }
}

@Moderator()
@Controller('mod/cases/:id/pair')
export class PairingController {
  constructor(private readonly pairing: Pairing) {}

  @Post()
  async invite(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(PairForm) form: Submitted<PairForm>,
    @Req() req: Request,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'moderation.error.pair');
    try {
      await this.pairing.invite(viewer, id, form.value.handle);
    } catch (error) {
      if (error instanceof FieldError) throw new AppError(422, error.key);
      throw error;
    }
    return seeOther(backToCase(req, id, '#room'), 'moderation.notice.paired');
  }
}
