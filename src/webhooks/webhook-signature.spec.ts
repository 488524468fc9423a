import { describe, expect, it } from '@jest/globals';
import { newToken } from '../kernel/ids.js';
import { signatureHeaders, webhookKeyOf } from './webhook-signature.js';

// The example from the libraries of Standard Webhooks.
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const AT = new Date(1_614_265_330_000);
const BODY = '{"test": 2432232314}';
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('the signature of a webhook', () => {
  it('matches Standard Webhooks', () => {
    expect(signatureHeaders(ID, AT, BODY, [KEY])).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': SIGNATURE,
    });
  });

  it('changes with the id, the time, the body and the key', () => {
    const other = webhookKeyOf(newToken());
    const made = [
      signatureHeaders('msg_1', AT, BODY, [KEY]),
      signatureHeaders(ID, new Date(AT.getTime() + 1_000), BODY, [KEY]),
      signatureHeaders(ID, AT, `${BODY} `, [KEY]),
      signatureHeaders(ID, AT, BODY, [other]),
    ].map((headers) => headers['webhook-signature']);
    expect(new Set([...made, SIGNATURE]).size).toBe(5);
  });

  it('is repeated for each key during rotation', () => {
    const headers = signatureHeaders(ID, AT, BODY, [webhookKeyOf(newToken()), KEY]);
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(headers['webhook-signature']?.split(' ')[1]).toBe(SIGNATURE);
  });

  it('uses a key of 32 random bytes', () => {
    const keys = [webhookKeyOf(newToken()), webhookKeyOf(newToken())];
    expect(new Set(keys).size).toBe(2);
    for (const key of keys)
      expect(Buffer.from(key.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
  });
});
