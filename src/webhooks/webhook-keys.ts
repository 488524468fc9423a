import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { decrypt, encrypt, wrappingKeys } from '../vault/encryption.js';

/** A signing key as it is stored, and the mark of the key that it is encrypted under. */
export interface SealedKey {
  readonly sealed: Buffer;
  readonly sealedBy: string;
}

const CONTEXT = 'webhook key';

/** Signing keys, encrypted under the keys that wrap members' private keys. */
@Injectable()
export class WebhookKeys {
  constructor(private readonly config: Config) {}

  seal(key: string): SealedKey {
    const [{ mark, key: wrapping }] = wrappingKeys(this.config);
    return { sealed: encrypt(wrapping, CONTEXT, Buffer.from(key)), sealedBy: mark };
  }

  /** @returns null under a key that is not set any more */
  open({ sealed, sealedBy }: SealedKey): string | null {
    const fitting = wrappingKeys(this.config).find(({ mark }) => mark === sealedBy);
    return fitting === undefined ? null : decrypt(fitting.key, CONTEXT, sealed).toString();
  }

  /** Whether the key is encrypted under the present setting. */
  isCurrent({ sealedBy }: SealedKey): boolean {
    return wrappingKeys(this.config)[0].mark === sealedBy;
  }
}
