import { plainLine } from '../reply-by-mail/own-mail.js';

/** What mail programs put before the subject of an answer, and of what is passed on. */
const PREFIX = /^(?:re|aw|sv|antw|odp|vs|res|rv|ref|fwd?|wg|tr|enc|rif|r)(?:\[\d{1,3}\])? ?[:：]/i;
const TAG = /^\[([^[\]]{1,60})\]/;

export interface Subject {
  /** As its first writer put it. */
  readonly title: string;
  /** It names another mail. */
  readonly isReply: boolean;
}

/** Takes "Re:", "Fwd:" and the name of the list off a subject. @param lists names of the list */
export function readSubject(subject: string, lists: readonly string[]): Subject {
  const names = lists.map(plainLine).filter((name) => name !== '');
  let title = subject.slice(0, 1000).replace(/\s+/g, ' ').trim();
  let isReply = false;
  for (;;) {
    const prefix = PREFIX.exec(title)?.[0];
    const [tag, name = ''] = TAG.exec(title) ?? [];
    if (prefix !== undefined) isReply = true;
    else if (tag === undefined || !isNameOf(plainLine(name), names)) return { title, isReply };
    title = title.slice((prefix ?? tag ?? '').length).trim();
  }
}

/** Tags are often the beginning of the name. */
function isNameOf(tag: string, names: readonly string[]): boolean {
  return tag.length > 2 && names.some((name) => name.startsWith(tag));
}
