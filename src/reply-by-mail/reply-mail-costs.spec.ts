import { describe, expect, it } from '@jest/globals';
import { growth } from '../../test/support/growth/measure.js';
import { Messages } from '../i18n/messages.js';
import { readConfig } from '../kernel/config.js';
import { ownMail } from './own-mail.js';
import {
  longMail,
  MAIL_KINDS,
  readReply,
  replyMailCosts,
  type MailKind,
} from './reply-mail-costs.js';

const config = readConfig({
  NODE_ENV: 'test',
  BASE_URL: 'https://boat.example',
  MAIL_FROM: 'Messages <post@boat.example>',
  MAIL_INTAKE_SECRET: 'only our mail server knows',
  MAIL_REPLY_ADDRESS: 'reply@boat.example',
  REPLY_BY_MAIL: 'on',
});
const own = ownMail(config, new Messages(), 'Awake again');

// Other kinds would add seconds to the suite and fail for the same reasons.
const TO_TEN_MB = new Set<MailKind>(['HTML alone', 'an attachment']);

describe('processing a reply by email', () => {
  it.each(MAIL_KINDS)('takes time linear in its length: %s', async (kind) => {
    const cost = async (mail: string): Promise<number> => {
      const raw = Buffer.from(mail, 'latin1');
      const before = process.cpuUsage();
      await readReply(raw, own, () => false);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const sizes = [10_000, 100_000, 1_000_000].concat(TO_TEN_MB.has(kind) ? [9_900_000] : []);
    const mail = (size: number): string => longMail(kind, size).toString('latin1');
    expect(await growth(cost, mail, sizes)).toBeNull();
  });

  it('has a benchmark line for each kind of long email', async () => {
    const lines = await replyMailCosts(own, () => false, 1);
    expect(lines.map(({ what }) => what)).toEqual(
      MAIL_KINDS.map((kind) => `reply by mail, 200 KB, ${kind}`),
    );
  });
});
