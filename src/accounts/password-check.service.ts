import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { FieldError } from '../kernel/errors.js';
import { Messages } from '../i18n/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import { passwordFault } from './password-policy.js';

interface Owner {
  handle: string;
  email: string | null;
}

const owner = statement<{ memberId: string }, Owner>(
  'accounts.password-owner',
  'select handle::text, email::text from members where id = :memberId',
);

/** Rejects new passwords that are easy to guess. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  /**
   * @param field name of the form field
   * @throws FieldError for a password that is common, too simple, or derived from public details
   */
  check(field: string, password: string, { handle, email }: Owner): void {
    const site = [this.messages.text('en', 'layout.site'), new URL(this.config.baseUrl).hostname];
    const fault = passwordFault(password, { handle, email, site });
    if (fault !== null) throw new FieldError(field, fault);
  }

  async checkFor(field: string, password: string, memberId: string): Promise<void> {
    const member = await this.sql.first(owner, { memberId });
    if (member !== null) this.check(field, password, member);
  }
}
