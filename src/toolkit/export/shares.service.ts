import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { Database } from '../../kernel/database.js';
import { NotFound, Conflict } from '../../kernel/errors.js';
import { hashToken, newToken } from '../../kernel/ids.js';
import { isCountry } from '../../kernel/countries.js';
import { Sql } from '../../kernel/sql.js';
import {
  SafetyPlans,
  type EmergencyCard,
  type SafetyPlan,
} from '../../safety-plans/safety-plans.js';
import { Vault } from '../../vault/vault.js';
import type { SheetTexts } from '../appointments/sheet-texts.js';
import { Sheets } from '../appointments/sheets.service.js';
import type { ShareForm } from '../core/toolkit.dto.js';
import { openTexts, type Item } from '../items/item-texts.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import {
  insertShare,
  MAX_SHARES,
  openShares,
  removeExpiredShares,
  revokeShare,
  shareByToken,
  type SharedRow,
  type ShareRow,
} from './shares.queries.js';

const SHARE_FIELD = 'toolkit_shares.words';

export interface OwnShare extends ShareRow {
  /** Null if decryption fails. */
  link: string | null;
}

/** An opened share link; `country` is the owner's, or the site's default. */
export interface OpenedShare extends SharedRow {
  country: string;
}

/** The content that a link shows. */
export type SharedContent =
  | { what: 'item'; item: Item }
  | { what: 'sheet'; texts: SheetTexts }
  | { what: 'card'; card: EmergencyCard | null }
  | { what: 'plan'; plan: SafetyPlan; items: Item[] };

/**
 * Share links show one thing to everybody who has the link, until it expires. They are looked up by
 * a digest of the token; the token itself is stored encrypted, for its owner.
 */
@Injectable()
export class Shares {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly reader: ToolkitReader,
    private readonly sheets: Sheets,
    private readonly plans: SafetyPlans,
  ) {}

  /**
   * @throws NotFound if the member has no such thing
   * @throws Conflict if too many links are active
   */
  async make(viewer: Viewer, form: ShareForm): Promise<void> {
    const token = newToken();
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, removeExpiredShares, { viewerId: viewer.memberId, now });
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const id = await this.vault.nextId(tx);
      const subject = form.what === 'item' || form.what === 'sheet' ? form.id : null;
      const sealed = key.seal(SHARE_FIELD, id, { token });
      const [inserted] = await this.sql.rowsIn(tx, insertShare, {
        id,
        memberId: viewer.memberId,
        token: hashToken(token),
        what: form.what,
        subject,
        sealed,
        now,
        until: later(now, Number(form.days) * DAY),
      });
      if (inserted !== undefined) return;
      const open = await this.sql.rowsIn(tx, openShares, { viewerId: viewer.memberId, now });
      throw open.length >= MAX_SHARES
        ? new Conflict('toolkit.error.shares', { count: MAX_SHARES })
        : new NotFound();
    });
  }

  /** The links that have not expired, newest first. */
  async of(viewer: Viewer): Promise<OwnShare[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(openShares, { viewerId: viewer.memberId, now: this.clock.now() }),
    ]);
    return rows.map((row) => {
      const token = openTexts<{ token: string }>(key, SHARE_FIELD, row.id, row.words)?.token;
      return {
        ...row,
        link: token === undefined ? null : `${this.config.baseUrl}/shared/${token}`,
      };
    });
  }

  async revoke(viewer: Viewer, id: string): Promise<void> {
    if ((await this.sql.first(revokeShare, { viewerId: viewer.memberId, id })) === null)
      throw new NotFound();
  }

  /** @throws NotFound for a revoked, expired or unknown token, without saying which */
  async find(token: string): Promise<OpenedShare> {
    const row = /^[\w-]{43}$/.test(token)
      ? await this.sql.first(shareByToken, { token: hashToken(token), now: this.clock.now() })
      : null;
    if (row === null) throw new NotFound('toolkit.error.shared');
    const country = isCountry(row.country) ? row.country : this.config.DEFAULT_COUNTRY;
    return { ...row, country };
  }

  /** @returns null if the shared thing was removed or decryption fails */
  async contentOf({ memberId, what, subjectId }: OpenedShare): Promise<SharedContent | null> {
    if (what === 'item') {
      const item = await this.reader.item(memberId, subjectId);
      return item === null ? null : { what, item };
    }
    if (what === 'sheet') {
      const texts = (await this.sheets.find(memberId, subjectId))?.texts ?? null;
      return texts === null ? null : { what, texts };
    }
    const { card, plan } = await this.plans.of(memberId);
    if (what === 'card') return { what, card };
    if (plan === null) return null;
    const items = plan.items.length === 0 ? [] : await this.reader.items(memberId);
    return { what, plan, items: items.filter(({ row }) => plan.items.includes(row.id)) };
  }
}
