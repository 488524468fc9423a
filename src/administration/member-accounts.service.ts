import { Injectable } from '@nestjs/common';
import { resetRequested, verificationRequested } from '../accounts/accounts.events.js';
import { requireAdmin } from '../http/guards.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, MINUTE } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { Suppressions } from '../mail/suppressions.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import type { MemberByMailForm, MemberHelpForm } from './member-accounts.dto.js';
import { memberAccount, memberByMail, type MemberAccountRow } from './member-accounts.queries.js';

/**
 * Helps people who cannot get in. Each step is recorded in the audit log with its reason but never
 * with an address.
 */
@Injectable()
export class MemberAccounts {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly suppressions: Suppressions,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * Finds an account by its address. Unsuccessful searches are logged too.
   * @returns the handle
   * @throws FieldError if no open account has the address
   */
  async byMail(viewer: Viewer, { email, reason }: MemberByMailForm): Promise<string> {
    requireAdmin(viewer);
    const handle = await this.database.inTransaction(async (tx) => {
      const [member] = await this.sql.rowsIn(tx, memberByMail, { email });
      const memberId = member?.id ?? null;
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'member.looked-up',
        memberId,
        reason,
      });
      return member?.handle ?? null;
    });
    if (handle === null)
      throw new FieldError('email', 'administration.member-by-mail.error.nobody');
    return handle;
  }

  /** @throws NotFound if no open account has the handle */
  async account(handle: string): Promise<MemberAccountRow> {
    const row = await this.sql.first(memberAccount, { handle });
    if (row === null) throw new NotFound();
    return row;
  }

  /** Sends the confirmation email. @throws FieldError if the address is already confirmed */
  async sendConfirmation(viewer: Viewer, handle: string, form: MemberHelpForm): Promise<void> {
    await this.help(viewer, handle, form, 'member.confirmation-sent', async (tx, account) => {
      if (account.verified && account.stopped === null)
        throw new FieldError('reason', 'administration.member.error.confirmed');
      const ids = { memberId: account.id, asked: this.minute() };
      await this.outbox.append(tx, verificationRequested(ids));
    });
  }

  /** Sends a password reset link. */
  async sendReset(viewer: Viewer, handle: string, form: MemberHelpForm): Promise<void> {
    await this.help(viewer, handle, form, 'member.reset-sent', async (tx, account) => {
      await this.outbox.append(tx, resetRequested({ memberId: account.id, asked: this.minute() }));
    });
  }

  /** Lifts the suppression of an address. @throws FieldError if it is not suppressed */
  async resumeMail(viewer: Viewer, handle: string, form: MemberHelpForm): Promise<void> {
    await this.help(viewer, handle, form, 'member.mail-resumed', async (tx, account) => {
      if (account.stopped === null)
        throw new FieldError('reason', 'administration.member.error.not-stopped');
      await this.suppressions.lift(tx, account.id);
    });
  }

  private async help(
    viewer: Viewer,
    handle: string,
    { reason }: MemberHelpForm,
    action: 'member.confirmation-sent' | 'member.reset-sent' | 'member.mail-resumed',
    work: (tx: Tx, account: MemberAccountRow) => Promise<void>,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const [account] = await this.sql.rowsIn(tx, memberAccount, { handle });
      if (account === undefined) throw new NotFound();
      if (!account.hasAddress)
        throw new FieldError('reason', 'administration.member.error.no-address');
      await work(tx, account);
      await this.auditLog.write(tx, viewer.memberId, { action, memberId: account.id, reason });
    });
  }

  // Idempotency key of an email: submitting twice within a minute sends one.
  private minute(): number {
    return Math.floor(this.clock.ms() / MINUTE) * MINUTE;
  }
}
