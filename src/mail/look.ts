import { createHmac } from 'node:crypto';

/**
 * How a member's mails look in a list of mails. The subject is the same whatever the mail is about.
 */
export const SENDERS = ['messages', 'notes', 'updates', 'none', 'operator'] as const;
export type Sender = (typeof SENDERS)[number];
export const SUBJECTS = ['message', 'note', 'update', 'hello'] as const;
export type Subject = (typeof SUBJECTS)[number];

export interface Look {
  readonly sender: Sender;
  readonly subject: Subject;
}

export const PLAIN_LOOK: Look = { sender: 'messages', subject: 'message' };

/** Name and address of a setting such as `Name <name@example.org>`. */
export function parseAddress(setting: string): { name: string; address: string } {
  const [, name = '', address = setting] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(setting) ?? [];
  return { name, address: address.trim() };
}

/** What a bounce comes back with: keyed, and in letters that no mail server changes. */
export function bounceMark(secret: string, key: string): string {
  return createHmac('sha256', secret).update(`bounce\0${key}`).digest('hex').slice(0, 32);
}

/**
 * A mark that says nothing to whoever has not the key: the same for the same thing, another for any
 * other.
 */
export function opaque(secret: string, value: string): string {
  return createHmac('sha256', secret).update(`mail\0${value}`).digest('base64url').slice(0, 24);
}
