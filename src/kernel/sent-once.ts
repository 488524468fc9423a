import { later, MINUTE } from './clock.js';
import type { Tx } from './database.js';
import { hashToken } from './ids.js';
import { executeIn, findIn } from './sql.js';

/** Milliseconds: longer than a retry takes, and short enough to write the same again on purpose. */
const WITHIN = 10 * MINUTE;

/** Identifies a submitted form: equal for two submissions of the same form. */
export interface FormSubmission {
  /** Null for a guest. */
  readonly memberId: string | null;
  /** Name of the action. */
  readonly what: string;
  /** All content of the form and its subject; only a digest of it is stored. */
  readonly words: readonly unknown[];
  /** Whether the result of the first submission still exists; if not, it is created again. */
  stands?(tx: Tx, answer: string): Promise<boolean>;
}

/**
 * Makes the action of a form idempotent for ten minutes, if it is submitted twice, reloaded or
 * retried after a lost response. Concurrent submissions are serialised.
 * @param work returns an id or a number, never a text that somebody wrote
 * @returns the result of the first submission
 */
export async function runIdempotent(
  tx: Tx,
  form: FormSubmission,
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
    if ((await form.stands?.(tx, answer)) ?? true) return answer;
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
