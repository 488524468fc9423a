import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/**
 * A signing key in the format that receivers enter: `whsec_` and 32 bytes in base64.
 * @param secret 32 random bytes in base64url
 */
export function webhookKeyOf(secret: string): string {
  return `${PREFIX}${Buffer.from(secret, 'base64url').toString('base64')}`;
}

/**
 * The headers of Standard Webhooks 1.0 (standardwebhooks.com): id, timestamp, and HMAC-SHA-256 over
 * both and the body. During key rotation, one signature for each key.
 * @param id the same for every attempt, so that receivers can deduplicate
 */
export function signatureHeaders(
  id: string,
  at: Date,
  body: string,
  keys: readonly string[],
): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const signatures = keys.map((key) => {
    const bytes = Buffer.from(key.slice(PREFIX.length), 'base64');
    const hmac = createHmac('sha256', bytes).update(`${id}.${seconds}.${body}`);
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  };
}
