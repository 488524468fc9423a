import { Injectable } from '@nestjs/common';
import { Config } from '../../kernel/config.js';
import { hashToken, sign } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import type { UnsubscribeScope } from './mail-settings.service.js';
import { findToken, storeTokens } from './unsubscribe-tokens.queries.js';

/** What a valid token authorises. */
export interface UnsubscribeLink {
  readonly memberId: string;
  readonly scope: UnsubscribeScope;
}

export interface UnsubscribeRequest {
  readonly memberId: string;
  /** Random, one per member; see `mail_settings`. */
  readonly seed: string;
  readonly scope: UnsubscribeScope;
}

/**
 * The tokens of unsubscribe links: one per member and scope, without expiry. A token is derived
 * from a random seed and the server's key, so that neither a copy of the database nor an email
 * reveals another one. Only its hash is stored, which remains valid when the key changes.
 */
@Injectable()
export class UnsubscribeTokens {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
  ) {}

  /** @returns the tokens, in the order of the requests */
  async make(requests: readonly UnsubscribeRequest[]): Promise<string[]> {
    const tokens = requests.map(({ seed, scope }) =>
      sign(this.config.secret, 'leave-mails', `${seed} ${scope}`),
    );
    await this.sql.rows(storeTokens, {
      hashes: tokens.map(hashToken),
      members: requests.map((each) => each.memberId),
      scopes: requests.map((each) => each.scope),
    });
    return tokens;
  }

  async find(token: string): Promise<UnsubscribeLink | null> {
    return /^[\w-]{43}$/.test(token)
      ? this.sql.first(findToken, { token: hashToken(token) })
      : null;
  }
}
