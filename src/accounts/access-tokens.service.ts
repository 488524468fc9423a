import { Injectable } from '@nestjs/common';
import { isSuspended, type Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { hashToken } from '../kernel/ids.js';
import { runWithSecret } from '../kernel/secret-shown-once.js';
import { Sql } from '../kernel/sql.js';
import type { Scope } from './access-token-scopes.js';
import type { NewAccessToken } from './access-tokens.dto.js';
import {
  byToken,
  closeEndedTokens,
  createToken,
  hasToken,
  ownTokens,
  revokeToken,
  useToken,
  type AccessTokenRow,
} from './access-tokens.queries.js';
import { currentViewer } from './viewer-columns.js';
import { CredentialChanges } from './credential-changes.js';

/** Prefix of every token, so that secret scanners can recognise a leaked one. */
const PREFIX = 'sameboat_';
const TOKEN = new RegExp(`^${PREFIX}[\\w-]{43}$`);

/** Whom a request with a token acts for, and its scopes. */
export interface TokenHolder {
  readonly tokenId: string;
  readonly scopes: readonly Scope[];
  readonly viewer: Viewer;
}

/**
 * Members' access tokens for clients of the JSON API. A token is not a session: it has its own
 * scopes, never the rights of a moderator or administrator, and ends with the member's sessions
 * when the password or another credential changes. Only its digest is stored.
 */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly changes: CredentialChanges,
  ) {}

  /** Valid tokens, by name. */
  list(viewer: Viewer): Promise<AccessTokenRow[]> {
    return this.sql.rows(ownTokens, { memberId: viewer.memberId, now: this.clock.now() });
  }

  /**
   * Creates a token and notifies the owner by email.
   * @returns the new token, shown again only if the same form is submitted twice
   * @throws FieldError if the member has too many tokens, or one with that name
   * @throws Forbidden on a shared device, where the token would be left behind
   */
  async create(viewer: Viewer, form: NewAccessToken): Promise<string> {
    if (viewer.sharedDevice) throw new Forbidden('apps.error.shared');
    if (isSuspended(viewer)) throw new Forbidden('apps.error.suspended');
    const { memberId } = viewer;
    const { idempotencyKey: key, name, scopes, days } = form;
    const now = this.clock.now();
    const secret = await this.database.inTransaction((tx) =>
      runWithSecret(
        tx,
        this.config.secret,
        {
          memberId,
          what: 'access-token',
          key,
          words: [name, scopes, days],
          stands: async (inTx, before) =>
            (await this.sql.rowsIn(inTx, hasToken, { memberId, token: digestOf(before) })).length >
            0,
        },
        now,
        async (fresh) => {
          await this.sql.rowsIn(tx, closeEndedTokens, { memberId, now });
          const token = digestOf(fresh);
          const until = days === '' ? null : later(now, Number(days) * DAY);
          const fields = { memberId, token, name, scopes, now, until };
          const [created] = await this.sql.rowsIn(tx, createToken, fields);
          if (created === undefined) throw new FieldError('name', 'apps.error.taken');
          await this.changes.notify(tx, { memberId, kind: 'access-token' });
        },
      ),
    );
    return PREFIX + secret;
  }

  async revoke(viewer: Viewer, id: string): Promise<void> {
    const now = this.clock.now();
    await this.sql.rows(revokeToken, { memberId: viewer.memberId, id, now });
  }

  /** @returns null for a token that is unknown, expired or revoked */
  async holderOf(token: string): Promise<TokenHolder | null> {
    if (!TOKEN.test(token)) return null;
    const now = this.clock.now();
    const today = now.toISOString().slice(0, 10);
    const row = await this.sql.first(byToken, { token: hashToken(token), now, today });
    if (row === null) return null;
    const { id, scopes, stale } = row;
    if (stale) await this.sql.rows(useToken, { id, today });
    return {
      tokenId: id,
      scopes,
      viewer: {
        ...currentViewer(row, now),
        reauthenticated: false,
        // Always 'member', whatever the member's role: API clients cannot moderate.
        role: 'member',
        moderates: false,
        secondFactorBy: null,
        needsSecondFactor: false,
        // An id that no session has.
        sessionId: '0',
        sharedDevice: false,
      },
    };
  }
}

function digestOf(secret: string): Buffer {
  return hashToken(PREFIX + secret);
}
