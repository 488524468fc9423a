import { DAY } from '../kernel/clock.js';

/** A later mail of the same subject belongs to another thread. */
const TOGETHER = 30 * DAY;

/** Sets of mails that belong together, by their numbers: four bytes each. */
export class MailSets {
  private readonly above: Int32Array;

  /** @param count of the mails */
  constructor(count: number) {
    this.above = Int32Array.from({ length: count }, (_, at) => at);
  }

  join(one: number, other: number): void {
    this.above[this.find(one)] = this.find(other);
  }

  /** The mail that stands for its set. */
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
  /** Its subject, as it is compared. */
  subject: string;
  at: Date;
  isReply: boolean;
  /** A mail that it names is here. */
  isJoined: boolean;
}

/**
 * Joins answers whose program named no mail, or one that is not here, to the mail of the same subject
 * before them. What is no answer begins a thread: many a list has a "Hello" each month.
 */
export class SubjectThreads {
  private last: MailOfSubject | null = null;

  constructor(private readonly sets: MailSets) {}

  /** @param mail the next one, in the order of lists, subjects and dates */
  add(mail: MailOfSubject): void {
    const { last } = this;
    this.last = mail;
    if (last === null || mail.isJoined || !mail.isReply || mail.subject === '') return;
    if (last.list !== mail.list || last.subject !== mail.subject) return;
    if (mail.at.getTime() - last.at.getTime() <= TOGETHER) this.sets.join(mail.number, last.number);
  }
}
