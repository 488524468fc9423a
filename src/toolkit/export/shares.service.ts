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

export const SHARE_FIELD = 'toolkit_shares.words';
const MOST_SHARES = 50;

export interface ShareRow {
  id: string;
  what: ShareForm['what'];
  subjectId: string | null;
  words: Buffer | null;
  createdAt: Date;
  expiresAt: Date;
}

// Only what is the member's own can be shared: a forged id shares nothing.
const insert = statement<{ id: string }>(
  'toolkit.insert-share',
  `
    insert into toolkit_shares (id, member_id, token_hash, what, subject_id, words, created_at,
      expires_at)
   select $1, $2, $3, $4, $5, $6, $7, $8
   where case $4
     when 'item' then exists (select 1 from toolkit_items where member_id = $2 and id = $5)
     when 'sheet' then exists (select 1 from toolkit_sheets where member_id = $2 and id = $5)
     when 'card' then exists (select 1 from safety_plans where member_id = $2 and card is not null)
       else exists (select 1 from safety_plans where member_id = $2 and plan is not null) end
     and (select count(*)
       from toolkit_shares
       where member_id = $2 and expires_at > $7) < ${MOST_SHARES}
   returning id`,
);
const forget = statement(
  'toolkit.forget-shares',
  'delete from toolkit_shares where member_id = $1 and expires_at <= $2',
);
const list = statement<ShareRow>(
  'toolkit.shares',
  `
    select id, what, subject_id as "subjectId", words, created_at as "createdAt",
      expires_at as "expiresAt"
    from toolkit_shares
    where member_id = $1 and expires_at > $2
    order by id desc
  `,
);
const revoke = statement<{ id: string }>(
  'toolkit.revoke-share',
  'delete from toolkit_shares where member_id = $1 and id = $2 returning id',
);
const byToken = statement<{
  memberId: string;
  what: ShareForm['what'];
  subjectId: string | null;
  expiresAt: Date;
  country: string | null;
}>(
  'toolkit.share-by-token',
  `
    select s.member_id as "memberId", s.what, s.subject_id as "subjectId",
      s.expires_at as "expiresAt", m.country
   from toolkit_shares s
   join members m on m.id = s.member_id and m.closed_at is null
   where s.token_hash = $1 and s.expires_at > $2`,
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
      await this.sql.rowsIn(tx, forget, [viewer.memberId, now]);
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const id = await this.vault.nextId(tx);
      const subject = form.what === 'item' || form.what === 'sheet' ? form.id : null;
      const sealed = key.seal(SHARE_FIELD, id, { token });
      const [made] = await this.sql.rowsIn(tx, insert, [
        id,
        viewer.memberId,
        hashToken(token),
        form.what,
        subject,
        sealed,
        now,
        later(now, Number(form.days) * DAY),
      ]);
      if (made !== undefined) return;
      const open = await this.sql.rowsIn(tx, list, [viewer.memberId, now]);
      throw open.length >= MOST_SHARES
        ? new Conflict('toolkit.error.shares', { count: MOST_SHARES })
        : new NotFound();
    });
  }

  /** Those that work now, each with its link. */
  async of(viewer: Viewer): Promise<(ShareRow & { link: string | null })[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(list, [viewer.memberId, this.clock.now()]),
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
    if ((await this.sql.first(revoke, [viewer.memberId, id])) === null) throw new NotFound();
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
      ? await this.sql.first(byToken, [hashToken(token), this.clock.now()])
      : null;
    if (found === null) throw new NotFound('toolkit.error.shared');
    return found;
  }
}
