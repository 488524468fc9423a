import type { Incoming } from './incoming.js';
import { parseMailReply } from './mail-reply.js';
import type { OwnMail } from './own-mail.js';

export interface ComposedReply {
  readonly body: string;
  /** A person reads it before it is published. */
  readonly doubtful: boolean;
  /** All that is not ours to the letter, and what the mail shows beside its text. */
  readonly whole: string;
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
  const whole = withBeside(read.whole, mail.beside);
  if (mail.beside !== '' && isGraver(mail.beside, body))
    return { body: withBeside(body, mail.beside), doubtful: true, whole };
  return { body, doubtful: restored || read.needsReview || mail.uncertain, whole };
}

function withBeside(text: string, beside: string): string {
  return `${text}\n\n${beside}`.trim();
}
