import { plainLine } from '../reply-by-mail/own-mail.js';

/** Prefixes that mail programs add to the subject of replies and forwarded emails. */
const PREFIX = /^(?:re|aw|sv|antw|odp|vs|res|rv|ref|fwd?|wg|tr|enc|rif|r)(?:\[\d{1,3}\])? ?[:：]/i;
const TAG = /^\[([^[\]]{1,60})\]/;

export interface Subject {
  /** The original subject. */
  readonly title: string;
  /** It has a reply prefix. */
  readonly isReply: boolean;
}

/** Strips "Re:", "Fwd:" and the name of the list from a subject. @param lists names of the list */
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

/** Tags are often a prefix of the name. */
function isNameOf(tag: string, names: readonly string[]): boolean {
  return tag.length > 2 && names.some((name) => name.startsWith(tag));
}
