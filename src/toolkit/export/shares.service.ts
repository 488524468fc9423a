import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { Database } from '../../kernel/database.js';
import { NotFound, Conflict } from '../../kernel/errors.js';
import { hashToken, newToken } from '../../kernel/ids.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import { openWords } from '../items/item-words.js';
import type { ShareForm } from '../core/toolkit.dto.js';

const SHARE_FIELD = 'toolkit_shares.words';
const MOST_SHARES = 50;

interface ShareRow {
  id: string;
  what: ShareForm['what'];
  subjectId: string | null;
  words: Buffer | null;
  createdAt: Date;
  expiresAt: Date;
}

// Only what is the member's own can be shared: a forged id shares nothing.
const insert = statement<
  {
    id: string;
    memberId: string;
    token: Buffer;
    what: string;
    subject: string | null;
    sealed: Buffer;
    now: Date;
    until: Date;
  },
  { id: string }
>(
  'toolkit.insert-share',
  `
    insert into toolkit_shares (id, member_id, token_hash, what, subject_id, words, created_at,
      expires_at)
   select :id, :memberId, :token, :what, :subject, :sealed, :now, :until
   where case :what
     when 'item' then exists (select 1
       from toolkit_items
       where member_id = :memberId and id = :subject)
     when 'sheet' then exists (select 1
       from toolkit_sheets
       where member_id = :memberId and id = :subject)
     when 'card' then exists (select 1
       from safety_plans
       where member_id = :memberId and card is not null)
       else exists (select 1 from safety_plans where member_id = :memberId and plan is not null) end
     and (select count(*)
       from toolkit_shares
       where member_id = :memberId and expires_at > :now) < ${MOST_SHARES}
   returning id`,
);
const forget = statement<{ viewerId: string; now: Date }, object>(
  'toolkit.forget-shares',
  'delete from toolkit_shares where member_id = :viewerId and expires_at <= :now',
);
const list = statement<{ viewerId: string; now: Date }, ShareRow>(
  'toolkit.shares',
  `
    select id, what, subject_id as "subjectId", words, created_at as "createdAt",
      expires_at as "expiresAt"
    from toolkit_shares
    where member_id = :viewerId and expires_at > :now
    order by id desc
  `,
);
const revoke = statement<{ viewerId: string; id: string }, { id: string }>(
  'toolkit.revoke-share',
  'delete from toolkit_shares where member_id = :viewerId and id = :id returning id',
);
const byToken = statement<
  { token: Buffer; now: Date },
  {
    memberId: string;
    what: ShareForm['what'];
    subjectId: string | null;
    expiresAt: Date;
    country: string | null;
  }
>(
  'toolkit.share-by-token',
  `
    select s.member_id as "memberId", s.what, s.subject_id as "subjectId",
      s.expires_at as "expiresAt", m.country
   from toolkit_shares s
   join members m on m.id = s.member_id and m.closed_at is null
   where s.token_hash = :token and s.expires_at > :now`,
);

/**
 * Links that show one thing to whoever has them, for a while. Found by the token's digest; the
 * token itself only its owner can see again.
 */
@Injectable()
export class Shares {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async make(viewer: Viewer, form: ShareForm): Promise<void> {
    const token = newToken();
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, forget, { viewerId: viewer.memberId, now });
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const id = await this.vault.nextId(tx);
      const subject = form.what === 'item' || form.what === 'sheet' ? form.id : null;
      const sealed = key.seal(SHARE_FIELD, id, { token });
      const [made] = await this.sql.rowsIn(tx, insert, {
        id,
        memberId: viewer.memberId,
        token: hashToken(token),
        what: form.what,
        subject,
        sealed,
        now,
        until: later(now, Number(form.days) * DAY),
      });
      if (made !== undefined) return;
      const open = await this.sql.rowsIn(tx, list, { viewerId: viewer.memberId, now });
      throw open.length >= MOST_SHARES
        ? new Conflict('toolkit.error.shares', { count: MOST_SHARES })
        : new NotFound();
    });
  }

  /** Those that work now, each with its link. */
  async of(viewer: Viewer): Promise<(ShareRow & { link: string | null })[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(list, { viewerId: viewer.memberId, now: this.clock.now() }),
    ]);
    return rows.map((row) => {
      const token = openWords<{ token: string }>(key, SHARE_FIELD, row.id, row.words)?.token;
      return {
        ...row,
        link: token === undefined ? null : `${this.config.baseUrl}/shared/${token}`,
      };
    });
  }

  async revoke(viewer: Viewer, id: string): Promise<void> {
    if ((await this.sql.first(revoke, { viewerId: viewer.memberId, id })) === null)
      throw new NotFound();
  }

  /** @throws NotFound for what was ended, is over or never was, without telling which */
  async find(token: string): Promise<{
    memberId: string;
    what: ShareForm['what'];
    subjectId: string | null;
    expiresAt: Date;
    country: string | null;
  }> {
    const found = /^[\w-]{43}$/.test(token)
      ? await this.sql.first(byToken, { token: hashToken(token), now: this.clock.now() })
      : null;
    if (found === null) throw new NotFound('toolkit.error.shared');
    return found;
  }
}
