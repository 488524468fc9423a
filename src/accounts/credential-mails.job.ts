import { Injectable } from '@nestjs/common';
import { Sql, statement } from '../kernel/sql.js';
import { Handles, type Job } from '../queue/job.js';
import { AccountEmails, type Addressee } from './account-mails.job.js';

interface Change {
  memberId: string;
  kind: 'password' | 'address';
  oldEmail: string | null;
}

// A type and not an interface: jobs carry plain records of ids.
type Changed = { changeId: string };

const change = statement<{ changeId: string }, Change>(
  'accounts.credential-change',
  `select member_id as "memberId", kind, old_email::text as "oldEmail"
   from credential_changes
   where id = :changeId`,
);
const told = statement<{ changeId: string }, object>(
  'accounts.credential-change-told',
  'delete from credential_changes where id = :changeId',
);

/** Tells the owner that a password or an address changed: at the old address and at the new one. */
@Injectable()
@Handles('mail-credential-change', 'urgent')
export class MailCredentialChangeJob implements Job<Changed> {
  constructor(
    private readonly sql: Sql,
    private readonly letters: AccountEmails,
  ) {}

  async run({ changeId }: Changed): Promise<void> {
    const found = await this.sql.first(change, { changeId });
    if (found === null) return;
    const member = await this.letters.addressee(found.memberId);
    if (member !== null) await this.tell(changeId, found, member);
    await this.sql.rows(told, { changeId });
  }

  // One mailbox that does not answer must not keep the other from being told.
  private async tell(changeId: string, found: Change, member: Addressee): Promise<void> {
    const ids = { memberId: found.memberId, asked: Number(changeId) };
    const { locale } = member;
    const faults: unknown[] = [];
    const send = async (template: string, to: string | null, owned: boolean): Promise<void> => {
      if (to === null) return;
      try {
        await this.letters.send(template, ids, to, locale, {}, owned);
      } catch (error) {
        faults.push(error);
      }
    };
    if (found.kind === 'password') {
      await send('password-changed', member.email, true);
    } else {
      await send('address-changed', found.oldEmail, false);
      await send('address-new', member.email, true);
    }
    if (faults.length > 0) throw faults[0];
  }
}
