import { Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, insertOne, isDuplicate, type Tx } from '../kernel/database.js';
import { newToken } from '../kernel/ids.js';
import { findIn } from '../kernel/sql.js';
import { AuditLog } from '../review/audit-log.js';
import { HANDLE } from './handles.js';
import { Member, type SiteRole } from './member.entity.js';
import { SecondFactor } from './second-factor.service.js';
import { Sessions } from './sessions.service.js';
import { OneTimeTokens } from './one-time-tokens.js';

/** A problem that the operator can fix, described in one line. */
export class OperatorFault extends Error {}

/** Administration of members on the command line. */
@Injectable()
export class MembersAdmin {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: OneTimeTokens,
    private readonly auditLog: AuditLog,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  /** @returns a link, valid for an hour, with which the new administrator sets a password */
  async createAdmin(email: string, handle: string): Promise<string> {
    if (!HANDLE.test(handle))
      throw new OperatorFault(
        'A handle has 3 to 24 letters, digits and hyphens, and begins with a letter.',
      );
    if (!isEmail(email))
      throw new OperatorFault('--email has to be an address such as you@example.org.');
    try {
      const id = await this.database.inTransaction(async (tx) => {
        const now = this.clock.now();
        const admin = {
          handle,
          email,
          role: 'admin' as const,
          avatarSeed: newToken(9),
          ageConfirmedAt: now,
          guidelinesAcceptedAt: now,
          createdAt: now,
        };
        const memberId = await insertOne(tx, Member, admin);
        await this.auditLog.write(tx, null, { action: 'operator.admin-created', memberId });
        return memberId;
      });
      return `${this.config.baseUrl}/reset/${await this.tokens.mint('reset-password', id, email)}`;
    } catch (error) {
      if (isDuplicate(error))
        throw new OperatorFault(
          'That handle or address is taken. To make a member an administrator: ' +
            'npm run admin -- grant --handle NAME --role admin',
        );
      throw error;
    }
  }

  /**
   * Records in the audit log that the operator exported a member's data. Linking aliases to the
   * handle requires a second person.
   * @param second another person who agrees, with a code of their second factor; null for an export
   *   without anything written under aliases
   * @throws OperatorFault without a reason, or if the second person is not an administrator or
   *   moderator of the site, is the member themselves, or gave a wrong code
   */
  async noteExport(
    handle: string,
    reason: string,
    second: { handle: string; code: string } | null,
  ): Promise<void> {
    if (reason.trim() === '') throw new OperatorFault('--reason says why, for the audit log.');
    const secondId = second === null ? null : await this.secondPerson(second, handle);
    await this.database.inTransaction(async (tx) => {
      const memberId = await this.idOf(tx, handle);
      await this.auditLog.write(tx, secondId, {
        action: 'operator.data-exported',
        memberId,
        reason,
        detail: { aliases: secondId !== null },
      });
    });
  }

  /**
   * Ends all sessions of a member, or of everybody.
   * @param handle null for all accounts
   * @returns number of ended sessions
   * @throws OperatorFault without a reason, or if nobody has the handle
   */
  async endSessions(handle: string | null, reason: string): Promise<number> {
    if (reason.trim() === '') throw new OperatorFault('--reason says why, for the audit log.');
    return this.database.inTransaction(async (tx) => {
      const memberId = handle === null ? null : await this.idOf(tx, handle);
      const ended =
        memberId === null
          ? await this.sessions.endAllIn(tx)
          : await this.sessions.endIn(tx, memberId);
      await this.auditLog.write(tx, null, {
        action: 'operator.sessions-ended',
        memberId,
        reason,
        detail: { sessions: ended },
      });
      return ended;
    });
  }

  private async idOf(tx: Tx, handle: string): Promise<string> {
    const member = await findIn<{ id: string }>(
      tx,
      'select id from members where handle = :handle::citext and closed_at is null',
      { handle },
    );
    if (member === null) throw new OperatorFault('Nobody has that handle.');
    return member.id;
  }

  /**
   * Verifies the second person for an action that one person must not perform alone.
   * @param second with a code of their second factor
   * @param handle the member concerned, who cannot be the second person
   * @returns the id of the second person
   * @throws OperatorFault if they are not an administrator or moderator of the site, or the code is
   *   wrong
   */
  async secondPerson(
    second: { handle: string; code: string },
    handle: string | null = null,
  ): Promise<string> {
    const fault = new OperatorFault(
      '--second has to be an administrator or moderator of the site, and --code their code.',
    );
    const person = await this.database.inTransaction((tx) =>
      findIn<{ id: string }>(
        tx,
        `
          select id
          from members
          where handle = :second::citext
            and handle is distinct from :handle::citext
            and role <> 'member'
            and second_factor_since is not null
            and closed_at is null
        `,
        { second: second.handle, handle },
      ),
    );
    if (person === null || !(await this.secondFactor.verify(person.id, second.code))) throw fault;
    return person.id;
  }

  async grant(handle: string, role: SiteRole): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const before = await findIn<{ id: string; role: SiteRole }>(
        tx,
        'select id, role from members where handle = :handle::citext for update',
        { handle },
      );
      if (before === null) throw new OperatorFault('Nobody has that handle.');
      await tx.getRepository(Member).update({ id: before.id }, { role });
      await this.auditLog.write(tx, null, {
        action: 'operator.role-given',
        memberId: before.id,
        detail: { from: before.role, to: role },
      });
    });
  }
}
