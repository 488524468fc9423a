import { Length, MaxLength } from 'class-validator';

/** Two threads that become one. */
export class MergeForm {
  /** Number or address of the other thread. */
  @Length(1, 500, { message: 'threads.merge.error.with' })
  with = '';

  /** Read by those who wrote in the thread, and kept in the audit log. */
  @MaxLength(1_000, { message: 'threads.merge.error.reason-long' })
  @Length(1, undefined, { message: 'threads.merge.error.reason' })
  reason = '';

  @MaxLength(80, { message: 'forms.error.invalid' })
  idempotencyKey = '';
}

/** @returns the id of the thread that a number or an address means; null if it means none */
export function threadIdIn(text: string): string | null {
  const found = /^(?:(?:https?:\/\/[^/\s]+)?\/t\/)?([1-9]\d{0,17})(?:[/?#]\S*)?$/.exec(text.trim());
  return found?.[1] ?? null;
}
