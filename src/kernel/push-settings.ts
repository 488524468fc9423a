import { createECDH } from 'node:crypto';
import { matching, Setting } from './settings.js';
import { WebhookSettings } from './webhook-settings.js';

/** Settings of web push (RFC 8030) with VAPID keys (RFC 8292); off until the keys are set. */
export class PushSettings extends WebhookSettings {
  @Setting(matching(/^B[\w-]{86}$/, 'must be a public VAPID key (87 characters, base64url)'))
  VAPID_PUBLIC_KEY?: string;

  @Setting(matching(/^[\w-]{43}$/, 'must be a private VAPID key (43 characters, base64url)'))
  VAPID_PRIVATE_KEY?: string;

  /** Contact address of the operator, for push services. */
  @Setting(
    matching(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must be a mailto: or https: address'),
  )
  VAPID_SUBJECT?: string;

  /** Hosts of further push services beside those of the common browsers, comma-separated. */
  @Setting(matching(/^[\w.-]+(:\d+)?( *, *[\w.-]+(:\d+)?)*$/, 'must be hosts, comma-separated'))
  PUSH_SERVICES?: string;
}

type VapidSettings = Pick<PushSettings, 'VAPID_PUBLIC_KEY' | 'VAPID_PRIVATE_KEY' | 'VAPID_SUBJECT'>;

export interface Vapid {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly subject: string;
}

/** The VAPID keys that sign requests to push services, or null if push is off. */
export function vapidOf(settings: VapidSettings): Vapid | null {
  const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT } = settings;
  if (
    VAPID_PUBLIC_KEY === undefined ||
    VAPID_PRIVATE_KEY === undefined ||
    VAPID_SUBJECT === undefined
  )
    return null;
  return {
    publicKey: VAPID_PUBLIC_KEY,
    privateKey: VAPID_PRIVATE_KEY,
    subject: VAPID_SUBJECT,
  };
}

/** @returns errors, each beginning with the name of the setting */
export function pushFaults(settings: VapidSettings): string[] {
  const names = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const;
  const missing = names.filter((name) => settings[name] === undefined);
  if (missing.length === names.length) return [];
  if (missing.length > 0)
    return [`${missing.join(' and ')} must be set where push has other VAPID settings`];
  const vapid = vapidOf(settings);
  return vapid === null || isPair(vapid)
    ? []
    : ['VAPID_PUBLIC_KEY must belong to VAPID_PRIVATE_KEY'];
}

function isPair({ publicKey, privateKey }: Vapid): boolean {
  const curve = createECDH('prime256v1');
  try {
    curve.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  } catch {
    // Not a valid point of the curve: the error is reported.
    return false;
  }
  return curve.getPublicKey('base64url') === publicKey;
}
