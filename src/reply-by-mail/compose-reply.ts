import type { Incoming } from './incoming.js';
import { parseMailReply } from './mail-reply.js';
import type { OwnMail } from './own-mail.js';

export interface ComposedReply {
  readonly body: string;
  /** Whether a moderator must read it before it is published. */
  readonly doubtful: boolean;
  /** All text that is not literally ours, including what the email shows beside its text. */
  readonly whole: string;
}

/**
 * Composes the post from a reply. The complete email is screened: if a part that would be omitted
 * is more serious than the rest, it is kept and a moderator reads the reply first.
 * @param isGraver whether a part of the email needs more urgent care than the body
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
