import { Messages } from '../i18n/messages.js';
import { readConfig } from '../kernel/config.js';
import { ownMail } from '../reply-by-mail/own-mail.js';
import { replyMailCosts } from '../reply-by-mail/reply-mail-costs.js';
import type { BenchDatabase } from './bench-database.js';
import type { Report } from './report.js';
import { mutedWordGrowth } from './muted-word-costs.js';
import { checkTexts } from './text-costs.js';

const SILENCE = 120_000;
const GOAL = 'time linear in the length';

/**
 * How processor time grows with the length of a text, for every pattern and everything that screens
 * and for muted words, and with the size of a reply by email.
 */
export async function textsBench({ options, url }: BenchDatabase, report: Report): Promise<void> {
  const { grew, unheld, endless, done } = await checkTexts(
    { how: 'growth', of: 'everything', kinds: options.texts },
    SILENCE,
  );
  const faults = [
    ...grew,
    ...unheld.map((place) => `${place} builds a pattern that was not measured`),
    ...(endless === null ? [] : [`${endless}: no end within ${SILENCE / 1_000} s`]),
    ...(done === null && endless === null ? ['the measuring process failed'] : []),
  ];
  for (const failed of faults) report.add({ what: 'texts', figure: null, failed, goal: GOAL });
  if (done !== null)
    report.add({
      what: 'texts, up to 100,000 characters of each kind',
      figure: `${done.patterns} patterns, ${done.works} functions, ${faults.length} faults`,
      goal: GOAL,
    });
  const muted = await mutedWordGrowth(url, options.texts);
  for (const failed of muted) report.add({ what: 'muted words', figure: null, failed, goal: GOAL });
  report.add({
    what: 'muted words in up to 100,000 characters of each kind',
    figure: `${muted.length} faults`,
    goal: GOAL,
  });
  const config = readConfig({
    NODE_ENV: 'test',
    BASE_URL: 'https://boat.example',
    MAIL_FROM: 'Messages <post@boat.example>',
    MAIL_REPLY_ADDRESS: 'reply@boat.example',
  });
  const own = ownMail(config, new Messages(), 'Awake again');
  const rounds = Math.min(60, options.texts);
  for (const line of await replyMailCosts(own, () => false, rounds))
    report.add({ ...line, ratio: line.ratio ?? undefined });
}
