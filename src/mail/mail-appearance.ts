import { createHmac } from 'node:crypto';

/** The neutral sender's name and subject that a member chose for all their mails. */
export const SENDERS = ['messages', 'notes', 'updates', 'none', 'operator'] as const;
export type MailSender = (typeof SENDERS)[number];
export const SUBJECTS = ['message', 'note', 'update', 'hello'] as const;
export type MailSubject = (typeof SUBJECTS)[number];

export interface MailAppearance {
  readonly sender: MailSender;
  readonly subject: MailSubject;
  /** A word by which the member recognises emails from this site; may be empty. */
  readonly privateWord: string;
}

export const PLAIN_APPEARANCE: MailAppearance = {
  sender: 'messages',
  subject: 'message',
  privateWord: '',
};

/** Name and address of a setting such as `Name <name@example.org>`. */
export function parseAddress(setting: string): { name: string; address: string } {
  const [, name = '', address = setting] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(setting) ?? [];
  return { name, address: address.trim() };
}

/**
 * The tag in a return address that matches a bounce to its email: keyed, and made of characters
 * that no mail server changes.
 */
export function bounceMark(secret: string, key: string): string {
  return createHmac('sha256', secret).update(`bounce\0${key}`).digest('hex').slice(0, 32);
}

/** A keyed hash of a value: equal for equal values, opaque without the key. */
export function opaqueId(secret: string, value: string): string {
  return createHmac('sha256', secret).update(`mail\0${value}`).digest('base64url').slice(0, 24);
}
