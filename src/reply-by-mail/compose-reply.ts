import type { Incoming } from './incoming.js';
import { parseMailReply } from './mail-reply.js';
import type { OwnMail } from './own-mail.js';

export interface ComposedReply {
  readonly body: string;
  /** A person reads it before it is published. */
  readonly doubtful: boolean;
}

/**
 * Composes what is posted. All of the mail is screened: where what would be left out sounds graver
 * than the rest, it stays in and a person reads it first.
 * @param isGraver whether a part of the mail needs more urgent care than the body does
 */
export function composeReply(
  mail: Pick<Incoming, 'text' | 'name' | 'beside' | 'uncertain'>,
  own: OwnMail,
  isGraver: (part: string, body: string) => boolean,
): ComposedReply {
  const read = parseMailReply(mail.text, own, mail.name);
  const restored = read.omits && isGraver(read.whole, read.text);
  const body = restored ? read.whole : read.text;
  if (mail.beside !== '' && isGraver(mail.beside, body))
    return { body: `${body}\n\n${mail.beside}`.trim(), doubtful: true };
  return { body, doubtful: restored || read.needsReview || mail.uncertain };
}
