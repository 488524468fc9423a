import { DAY } from '../kernel/clock.js';

/** A later email with the same subject belongs to another thread. */
const TOGETHER = 30 * DAY;

/** Disjoint-set forest (union-find) of emails by number, four bytes each. */
export class MailSets {
  private readonly above: Int32Array;

  /** @param count number of emails */
  constructor(count: number) {
    this.above = Int32Array.from({ length: count }, (_, at) => at);
  }

  join(one: number, other: number): void {
    this.above[this.find(one)] = this.find(other);
  }

  /** The representative of the email's set. */
  find(mail: number): number {
    let at = mail;
    for (let next = this.next(at); next !== at; next = this.next(at)) {
      this.above[at] = this.next(next);
      at = this.next(at);
    }
    return at;
  }

  private next(at: number): number {
    return this.above[at] ?? at;
  }
}

export interface MailOfSubject {
  number: number;
  list: string;
  /** The normalised subject. */
  subject: string;
  at: Date;
  isReply: boolean;
  /** It references another email of the archive. */
  isJoined: boolean;
}

/**
 * Joins replies without a known reference to the preceding email with the same subject. An email
 * that is not a reply starts a thread: many a list has a "Hello" each month.
 */
export class SubjectThreads {
  private last: MailOfSubject | null = null;

  constructor(private readonly sets: MailSets) {}

  /** @param mail the next one, ordered by list, subject and date */
  add(mail: MailOfSubject): void {
    const { last } = this;
    this.last = mail;
    if (last === null || mail.isJoined || !mail.isReply || mail.subject === '') return;
    if (last.list !== mail.list || last.subject !== mail.subject) return;
    if (mail.at.getTime() - last.at.getTime() <= TOGETHER) this.sets.join(mail.number, last.number);
  }
}
