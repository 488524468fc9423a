import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Mail settings that depend on each other. */
export interface MailSettingsInput {
  readonly ALERT_WEBHOOK_URL?: string;
  readonly ALERT_WEBHOOK_SECRET?: string;
  readonly DKIM_DOMAIN?: string;
  readonly DKIM_PRIVATE_KEY_FILE?: string;
  readonly MAIL_INTAKE_SECRET?: string;
  readonly MAIL_BOUNCE_ADDRESS?: string;
  readonly MAIL_REPLY_ADDRESS?: string;
  readonly REPLY_BY_MAIL: 'on' | 'off';
}

/** @returns errors, each beginning with the name of the setting */
export function mailFaults(given: MailSettingsInput): string[] {
  const faults: string[] = [];
  if (given.ALERT_WEBHOOK_URL !== undefined && given.ALERT_WEBHOOK_SECRET === undefined)
    faults.push('ALERT_WEBHOOK_SECRET must be set where ALERT_WEBHOOK_URL is');
  if (given.DKIM_DOMAIN !== undefined && given.DKIM_PRIVATE_KEY_FILE === undefined)
    faults.push('DKIM_PRIVATE_KEY_FILE must be set where DKIM_DOMAIN is');
  if (given.DKIM_PRIVATE_KEY_FILE !== undefined && given.DKIM_DOMAIN === undefined)
    faults.push('DKIM_DOMAIN must be set where DKIM_PRIVATE_KEY_FILE is');
  if (given.DKIM_PRIVATE_KEY_FILE !== undefined && !isPrivateKey(given.DKIM_PRIVATE_KEY_FILE))
    faults.push(
      'DKIM_PRIVATE_KEY_FILE must name a file with a private key in PEM that can be read',
    );
  if (given.MAIL_BOUNCE_ADDRESS !== undefined && given.MAIL_INTAKE_SECRET === undefined)
    faults.push('MAIL_INTAKE_SECRET must be set where MAIL_BOUNCE_ADDRESS is');
  if (given.REPLY_BY_MAIL === 'on' && given.MAIL_REPLY_ADDRESS === undefined)
    faults.push('MAIL_REPLY_ADDRESS must be set where REPLY_BY_MAIL is on');
  if (given.REPLY_BY_MAIL === 'on' && given.MAIL_INTAKE_SECRET === undefined)
    faults.push('MAIL_INTAKE_SECRET must be set where REPLY_BY_MAIL is on');
  return faults;
}

function isPrivateKey(file: string): boolean {
  try {
    return createPrivateKey(readFileSync(file)).type === 'private';
  } catch {
    // An invalid value is reported elsewhere as an error.
    return false;
  }
}
