import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { openText, sealText, wrappingKeys, type SealedText } from '../vault/encryption.js';

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
}
