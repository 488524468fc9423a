import { Injectable } from '@nestjs/common';
import { Membership } from '../../communities/membership.service.js';
import { escapeLike } from '../../http/pagination.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { runIdempotent } from '../../kernel/sent-once.js';
import { Sql, executeIn } from '../../kernel/sql.js';
import { AuditLog } from '../../review/audit-log.js';
import { memberNotes, type MemberNoteRow } from './case-history.queries.js';
import {
  foundMembers,
  memberDecisions,
  moderatedMember,
  type FoundMember,
  type MemberDecisionRow,
  type ModeratedMember,
} from './member-page.queries.js';

export interface MemberRecord {
  member: ModeratedMember;
  decisions: MemberDecisionRow[];
  notes: MemberNoteRow[];
  now: Date;
}

const HANDLE = /^[a-zA-Z][a-zA-Z0-9-]{2,23}$/;
const PREFIX = /^[a-zA-Z][a-zA-Z0-9-]{0,23}$/;
export const MEMBERS_FOUND = 30;

/** Members as moderators see them: notes, decisions, trust; never an alias. */
@Injectable()
export class ModeratedMembers {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
    private readonly memberships: Membership,
  ) {}

  /**
   * Loads a member of a community that the viewer moderates, or any member for staff.
   * @throws NotFound for any other member, and for the viewer
   */
  async load(viewer: Viewer, handle: string): Promise<ModeratedMember> {
    const member = HANDLE.test(handle)
      ? await this.sql.first(moderatedMember, {
          handle,
          viewerId: viewer.memberId,
          isStaff: isStaff(viewer),
        })
      : null;
    if (member === null) throw new NotFound();
    return member;
  }

  /**
   * Finds members that the viewer may read about, by handle only, never by alias.
   * @param prefix start of a handle; an empty one matches nobody
   * @returns ordered by handle, with one extra row if there are more
   */
  async find(viewer: Viewer, prefix: string): Promise<FoundMember[]> {
    if (!PREFIX.test(prefix)) return [];
    return this.sql.rows(foundMembers, {
      pattern: `${escapeLike(prefix)}%`,
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      limit: MEMBERS_FOUND + 1,
    });
  }

  /** Records in the audit log that a moderator read a member's page. */
  async recordReading(viewer: Viewer, member: ModeratedMember): Promise<void> {
    await this.database.inTransaction((tx) =>
      this.auditLog.writeRead(tx, viewer.memberId, { action: 'member.read', memberId: member.id }),
    );
  }

  async record(viewer: Viewer, member: ModeratedMember): Promise<MemberRecord> {
    const [decisions, notes] = await Promise.all([
      this.sql.rows(memberDecisions, {
        memberId: member.id,
        viewerId: viewer.memberId,
        isStaff: isStaff(viewer),
      }),
      this.sql.rows(memberNotes, { handle: member.handle }),
    ]);
    return { member, decisions, notes, now: this.clock.now() };
  }

  /** Sent twice within ten minutes, it is one. */
  async addNote(viewer: Viewer, member: ModeratedMember, body: string): Promise<void> {
    const { memberId: viewerId } = viewer;
    const now = this.clock.now();
    const sent = { memberId: viewerId, what: 'member-note', words: [member.id, body] };
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, now, async () => {
        await executeIn(
          tx,
          `
            insert into member_notes (member_id, author_id, body, created_at)
            values (:memberId, :viewerId, :body, :now)
          `,
          { memberId: member.id, viewerId, body, now },
        );
        await this.auditLog.write(tx, viewerId, { action: 'member.noted', memberId: member.id });
      }),
    );
  }

  /**
   * Exempts the member from the review of first posts in the communities that the viewer moderates.
   */
  async trust(viewer: Viewer, member: ModeratedMember): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const changed = await this.memberships.trust(
        tx,
        member.id,
        viewer.memberId,
        isStaff(viewer),
        this.clock.now(),
      );
      if (changed > 0)
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'member.trusted',
          memberId: member.id,
        });
    });
  }
}
