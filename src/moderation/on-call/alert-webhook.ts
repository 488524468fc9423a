import { createHmac } from 'node:crypto';

/** The whole payload: which call it is, when, how many cases, how soon. */
export interface AlertPayload {
  readonly id: string;
  readonly at: string;
  readonly tier: string;
  readonly count: number;
}

const TIMEOUT = 10_000;

/** Signature header: `sha256=` and the HMAC of the body as sent. */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/**
 * Does not follow redirects, as the request is signed for one address only. @throws if it was not
 * accepted
 */
export async function sendAlert(url: string, secret: string, call: AlertPayload): Promise<void> {
  const body = JSON.stringify(call);
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-Sameboat-Signature': signature(secret, body),
    },
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the address for alarms answered ${answer.status}`);
}
