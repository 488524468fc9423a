import type { Tx } from './database.js';
import { newToken, sign } from './ids.js';
import { runIdempotent, type FormSubmission } from './sent-once.js';

/** Identifies a submitted form whose answer shows a new secret. */
export interface SecretForm extends Omit<FormSubmission, 'stands'> {
  /** The random idempotency key in the page of the form; '' if it has none. */
  readonly key: string;
  /** Whether the secret of the first submission is still in use. */
  stands?(tx: Tx, secret: string): Promise<boolean>;
}

/**
 * Generates a secret that a page shows once, and shows it again if the same form is submitted twice
 * within ten minutes. The secret is not stored: it is derived from SECRET_KEY, the key in the form,
 * of which only a digest is stored, and a stored random number. So neither the database nor an old
 * page alone gives it away.
 * @param work stores a digest of the secret; not called if the first submission did so
 * @returns the secret, base64url of 32 bytes
 */
export async function runWithSecret(
  tx: Tx,
  secretKey: string,
  submitted: SecretForm,
  now: Date,
  work: (secret: string) => Promise<unknown>,
): Promise<string> {
  const { key, ...form } = submitted;
  if (key === '') {
    const secret = newToken();
    await work(secret);
    return secret;
  }
  const secretOf = (salt: string): string =>
    sign(secretKey, `secret-shown-once ${form.what}`, `${key}\0${salt}`);
  const salt = await runIdempotent(
    tx,
    {
      ...form,
      words: [key, ...form.words],
      stands: async (inTx, answer) => (await submitted.stands?.(inTx, secretOf(answer))) ?? true,
    },
    now,
    async () => {
      const fresh = newToken(18);
      await work(secretOf(fresh));
      return fresh;
    },
  );
  return secretOf(salt);
}
