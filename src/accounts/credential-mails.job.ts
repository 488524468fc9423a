import { Injectable } from '@nestjs/common';
import { Sql, statement } from '../kernel/sql.js';
import { Handles, type Job } from '../queue/job.js';
import { Messages } from '../i18n/messages.js';
import { AccountEmails, type Addressee } from './account-mails.job.js';
import type { CredentialChangeKind } from './credential-change.entity.js';

interface Change {
  memberId: string;
  kind: CredentialChangeKind;
  oldEmail: string | null;
}

// A type rather than an interface, because a job's payload must be a plain record.
type Changed = { changeId: string };

const change = statement<{ changeId: string }, Change>(
  'accounts.credential-change',
  `select member_id as "memberId", kind, old_email::text as "oldEmail"
   from credential_changes
   where id = :changeId`,
);
const done = statement<{ changeId: string }, object>(
  'accounts.credential-change-done',
  'delete from credential_changes where id = :changeId',
);

/** Notifies the owner of a change of credentials; a change of address also at the old address. */
@Injectable()
@Handles('mail-credential-change', 'urgent')
export class MailCredentialChangeJob implements Job<Changed> {
  constructor(
    private readonly sql: Sql,
    private readonly emails: AccountEmails,
    private readonly messages: Messages,
  ) {}

  async run({ changeId }: Changed): Promise<void> {
    const row = await this.sql.first(change, { changeId });
    if (row === null) return;
    const member = await this.emails.addressee(row.memberId);
    if (member !== null) await this.notify(changeId, row, member);
    await this.sql.rows(done, { changeId });
  }

  // If one mailbox is unavailable, the email to the other must still be sent.
  private async notify(changeId: string, row: Change, member: Addressee): Promise<void> {
    const ids = { memberId: row.memberId, asked: Number(changeId) };
    const { locale } = member;
    const faults: unknown[] = [];
    const send = async (
      template: string,
      to: string | null,
      owned: boolean,
      view: object = {},
    ): Promise<void> => {
      if (to === null) return;
      try {
        await this.emails.send(template, ids, to, locale, view, owned);
      } catch (error) {
        faults.push(error);
      }
    };
    if (row.kind === 'password') {
      await send('password-changed', member.email, true);
    } else if (row.kind === 'address') {
      await send('address-changed', row.oldEmail, false);
      await send('address-new', member.email, true);
    } else {
      const text = this.messages.text(
        this.messages.forMails(locale),
        `mail.account-changed.${row.kind}`,
      );
      await send('account-changed', member.email, true, { text });
    }
    if (faults.length > 0) throw faults[0];
  }
}
