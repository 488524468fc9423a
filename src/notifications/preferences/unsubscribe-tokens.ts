import { Injectable } from '@nestjs/common';
import { Config } from '../../kernel/config.js';
import { hashToken, sign } from '../../kernel/ids.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { UnsubscribeScope } from './mail-settings.service.js';

export interface UnsubscribeRequest {
  readonly memberId: string;
  /** Drawn by lot for each member; see `mail_settings`. */
  readonly seed: string;
  readonly scope: UnsubscribeScope;
}

const keep = statement<
  { digestsTokens: readonly Buffer[]; members: readonly string[]; scopes: readonly string[] },
  object
>(
  'notifications.keep-leave-tokens',
  `
    insert into leave_tokens (token_hash, member_id, scope)
    select h, m, s
    from unnest(:digestsTokens::bytea[], :members::bigint[], :scopes::text[]) as t (h, m, s)
    on conflict
    do nothing
  `,
);
const find = statement<{ token: Buffer }, { memberId: string; scope: UnsubscribeScope }>(
  'notifications.find-leave-token',
  'select member_id as "memberId", scope from leave_tokens where token_hash = :token',
);

/**
 * What a link out of mails carries: the same for a member and a scope, good for ever, telling
 * nothing. Made of a seed drawn by lot and the server's key, so that neither a copy of the database
 * nor a mail tells another one; stored as its digest, so that it goes on working when the key
 * changes.
 */
@Injectable()
export class UnsubscribeTokens {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
  ) {}

  /** @returns the tokens in the order of the wishes */
  async make(wishes: readonly UnsubscribeRequest[]): Promise<string[]> {
    const tokens = wishes.map(({ seed, scope }) =>
      sign(this.config.secret, 'leave-mails', `${seed} ${scope}`),
    );
    await this.sql.rows(keep, {
      digestsTokens: tokens.map(hashToken),
      members: wishes.map((each) => each.memberId),
      scopes: wishes.map((each) => each.scope),
    });
    return tokens;
  }

  async find(token: string): Promise<{ memberId: string; scope: UnsubscribeScope } | null> {
    return /^[\w-]{43}$/.test(token) ? this.sql.first(find, { token: hashToken(token) }) : null;
  }
}
