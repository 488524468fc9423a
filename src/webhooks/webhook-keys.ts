import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import type { Tx } from '../kernel/database.js';
import { runWithSecret, type SecretForm } from '../kernel/secret-shown-once.js';
import { queryIn } from '../kernel/sql.js';
import { openText, sealText, wrappingKeys, type SealedText } from '../vault/encryption.js';
import { webhookKeyOf } from './webhook-signature.js';

const CONTEXT = 'webhook key';

/** Signing keys, encrypted under the keys that wrap members' private keys. */
@Injectable()
export class WebhookKeys {
  constructor(private readonly config: Config) {}

  seal(key: string): SealedText {
    return sealText(this.config, CONTEXT, key);
  }

  /** @returns null if its key is no longer in the settings */
  open(stored: SealedText): string | null {
    return openText(this.config, CONTEXT, stored);
  }

  /** Whether it is encrypted under the current key. */
  isCurrent({ sealedBy }: SealedText): boolean {
    return wrappingKeys(this.config)[0].mark === sealedBy;
  }

  /**
   * Generates a signing key, the same if a form is submitted twice.
   * @param endpointId whose key it must still be, or null for that of any
   * @param work stores the key
   */
  async runWithNew(
    tx: Tx,
    form: SecretForm,
    endpointId: string | null,
    now: Date,
    work: (key: string) => Promise<void>,
  ): Promise<string> {
    const secret = await runWithSecret(
      tx,
      this.config.secret,
      { ...form, stands: (inTx, before) => this.isUsed(inTx, webhookKeyOf(before), endpointId) },
      now,
      (fresh) => work(webhookKeyOf(fresh)),
    );
    return webhookKeyOf(secret);
  }

  private async isUsed(tx: Tx, key: string, endpointId: string | null): Promise<boolean> {
    const rows = await queryIn<SealedText>(
      tx,
      `
        select sealed, sealed_by as "sealedBy"
        from webhook_endpoints
        where id = :endpointId or :endpointId::bigint is null
      `,
      { endpointId },
    );
    return rows.some((row) => this.open(row) === key);
  }
}
