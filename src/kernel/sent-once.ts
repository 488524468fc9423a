import { later, MINUTE } from './clock.js';
import type { Tx } from './database.js';
import { hashToken } from './ids.js';
import { executeIn, findIn } from './sql.js';

/** Longer than a retry takes, and short enough that the same words may be meant again after it. */
const WITHIN = 10 * MINUTE;

/** What a form does, by whom and with which words: alike for two sends of the same form. */
export interface SentForm {
  /** Null for a guest. */
  readonly memberId: string | null;
  readonly what: string;
  /** Everything that the form says and is about; only a digest of it is stored. */
  readonly words: readonly unknown[];
  /**
   * Whether what the first send made is still there; where it was removed meanwhile, it is made
   * again.
   */
  stands?(answer: string): Promise<boolean>;
}

/**
 * Does once what a form asks for, should it be sent again within minutes: pressed twice, reloaded
 * or retried after a lost answer. Of sends at the same time one waits for the other.
 * @param work its answer is an id or a number, never a text that somebody wrote
 * @returns the answer of the first send
 */
export async function doneOnce(
  tx: Tx,
  form: SentForm,
  now: Date,
  work: () => Promise<unknown>,
): Promise<string> {
  const { memberId, what, words } = form;
  const digest = hashToken(JSON.stringify([memberId, what, words]));
  const first = await executeIn(
    tx,
    `
      insert into sent_forms (digest, expires_at)
      values (:digest, :expiresAt)
      on conflict (digest)
      do update set expires_at = excluded.expires_at, answer = ''
      where sent_forms.expires_at <= :now
    `,
    { digest, expiresAt: later(now, WITHIN), now },
  );
  if (first === 0) {
    const before = await findIn<{ answer: string }>(
      tx,
      'select answer from sent_forms where digest = :digest',
      { digest },
    );
    const answer = before?.answer ?? '';
    if ((await form.stands?.(answer)) ?? true) return answer;
  }
  const done = await work();
  const answer = typeof done === 'string' ? done : '';
  if (answer !== '')
    await executeIn(tx, 'update sent_forms set answer = :answer where digest = :digest', {
      digest,
      answer,
    });
  return answer;
}
