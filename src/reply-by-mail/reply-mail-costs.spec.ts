import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { readConfig } from '../kernel/config.js';
import { ownMail } from './own-mail.js';
import { longMail, MAIL_KINDS, readReply, replyMailCosts } from './reply-mail-costs.js';

const config = readConfig({
  NODE_ENV: 'test',
  BASE_URL: 'https://boat.example',
  MAIL_FROM: 'Messages <post@boat.example>',
  MAIL_INTAKE_SECRET: 'only our mail server knows',
  MAIL_REPLY_ADDRESS: 'reply@boat.example',
  REPLY_BY_MAIL: 'on',
});
const own = ownMail(config, new Messages(), 'Awake again');

describe('processing a reply by email', () => {
  // Quadratic work on ten megabytes would take hours, so such a spec would not end.
  it.each(MAIL_KINDS)('ends with ten megabytes: %s', async (kind) => {
    const read = readReply(longMail(kind, 9_900_000), own, () => false);
    await expect(read).resolves.toBeUndefined();
  });

  it('has a benchmark line for each kind of long email', async () => {
    const lines = await replyMailCosts(own, () => false, 1);
    expect(lines.map(({ what }) => what)).toEqual(
      MAIL_KINDS.map((kind) => `reply by mail, 200 KB, ${kind}`),
    );
  });
});
