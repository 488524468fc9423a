import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import type { Tx } from '../kernel/database.js';
import { Sql, statement, findIn } from '../kernel/sql.js';
import { openText, sealText, wrappingKeys, type SealedText } from '../vault/encryption.js';
import { newTotpSecret, totpStep } from './totp.js';

interface StoredSecret extends SealedText {
  memberId: string;
  /** A bigint, as text. */
  lastStep: string | null;
}

const read = statement<{ memberId: string; confirmed: boolean }, StoredSecret>(
  'accounts.totp-secret',
  `
    select member_id as "memberId", sealed, sealed_by as "sealedBy", last_step as "lastStep"
    from totp_secrets
    where member_id = :memberId and (confirmed_at is not null) = :confirmed
  `,
);
/** Restarts an unconfirmed set-up; a confirmed one is not changed. */
const begin = statement<{ memberId: string; sealed: Buffer; sealedBy: string; now: Date }, object>(
  'accounts.totp-begin',
  `
    insert into totp_secrets (member_id, sealed, sealed_by, created_at)
    values (:memberId, :sealed, :sealedBy, :now)
    on conflict (member_id) do update
    set sealed = excluded.sealed, sealed_by = excluded.sealed_by, created_at = excluded.created_at
    where totp_secrets.confirmed_at is null
  `,
);
const confirm = statement<{ memberId: string; step: number; now: Date }, { memberId: string }>(
  'accounts.totp-confirm',
  `
    update totp_secrets
    set confirmed_at = :now, last_step = :step
    where member_id = :memberId and confirmed_at is null
    returning member_id as "memberId"
  `,
);
/** Returns a row if the step is newer than the last one used: each code works once. */
const useStep = statement<{ memberId: string; step: number }, { memberId: string }>(
  'accounts.totp-use',
  `
    update totp_secrets
    set last_step = :step
    where member_id = :memberId
      and confirmed_at is not null
      and (last_step is null or last_step < :step)
    returning member_id as "memberId"
  `,
);
const sealedByOthers = statement<{ mark: string }, StoredSecret>(
  'accounts.totp-sealed-by-others',
  `
    select member_id as "memberId", sealed, sealed_by as "sealedBy", last_step as "lastStep"
    from totp_secrets
    where sealed_by <> :mark
  `,
);
const sealAnew = statement<
  { memberId: string; before: string; sealed: Buffer; sealedBy: string },
  object
>(
  'accounts.totp-seal-anew',
  `
    update totp_secrets
    set sealed = :sealed, sealed_by = :sealedBy
    where member_id = :memberId and sealed_by = :before
  `,
);

/** Secrets of authenticator apps, encrypted with the keys that wrap members' private keys. */
@Injectable()
export class TotpSecrets {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Generates a secret, which becomes active once a code of it was entered. */
  async begin(memberId: string): Promise<void> {
    const sealed = this.seal(memberId, newTotpSecret());
    await this.sql.rows(begin, { memberId, ...sealed, now: this.clock.now() });
  }

  /** @returns the secret being set up, in Base32; null if there is none */
  async pending(memberId: string): Promise<string | null> {
    const stored = await this.sql.first(read, { memberId, confirmed: false });
    return stored === null ? null : this.open(stored);
  }

  /** @returns false if the code is wrong, or nothing is being set up */
  async confirm(tx: Tx, memberId: string, code: string): Promise<boolean> {
    const [stored] = await this.sql.rowsIn(tx, read, { memberId, confirmed: false });
    const secret = stored === undefined ? null : this.open(stored);
    const now = this.clock.now();
    const step = secret === null ? null : await totpStep(secret, code, now.getTime(), null);
    if (step === null) return false;
    return (await this.sql.rowsIn(tx, confirm, { memberId, step, now })).length > 0;
  }

  /** @returns false if the code is wrong or was used, or there is no app */
  async spend(memberId: string, code: string): Promise<boolean> {
    const stored = await this.sql.first(read, { memberId, confirmed: true });
    const secret = stored === null ? null : this.open(stored);
    if (stored === null || secret === null) return false;
    const last = stored.lastStep === null ? null : Number(stored.lastStep);
    const step = await totpStep(secret, code, this.clock.ms(), last);
    // Two concurrent log-ins with one code: the row update lets only one succeed.
    return step !== null && (await this.sql.first(useStep, { memberId, step })) !== null;
  }

  /**
   * Also removes an unconfirmed set-up.
   * @returns whether an app was in use
   */
  async remove(tx: Tx, memberId: string): Promise<boolean> {
    const row = await findIn<{ used: boolean }>(
      tx,
      `
        delete from totp_secrets
        where member_id = :memberId
        returning confirmed_at is not null as used
      `,
      { memberId },
    );
    return row?.used === true;
  }

  /**
   * Re-encrypts secrets after a key rotation.
   * @returns number of re-encrypted secrets
   */
  async sealAllAnew(): Promise<number> {
    const [{ mark }] = wrappingKeys(this.config);
    const rows = await this.sql.rows(sealedByOthers, { mark });
    let count = 0;
    for (const row of rows) {
      const secret = this.open(row);
      if (secret === null) continue;
      const { memberId } = row;
      await this.sql.rows(sealAnew, {
        memberId,
        before: row.sealedBy,
        ...this.seal(memberId, secret),
      });
      count += 1;
    }
    return count;
  }

  private seal(memberId: string, secret: string): SealedText {
    return sealText(this.config, contextOf(memberId), secret);
  }

  // Null if the key is no longer set: recovery codes still work.
  private open(stored: StoredSecret): string | null {
    return openText(this.config, contextOf(stored.memberId), stored);
  }
}

/** Additional authenticated data: a secret decrypts only for its own member. */
function contextOf(memberId: string): string {
  return `totp:${memberId}`;
}
