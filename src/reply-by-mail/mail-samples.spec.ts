import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tableIn } from '../../test/support/docs-table.js';
import { checkDisclosure } from '../disclosure/disclosure-check.js';
import { Messages } from '../i18n/messages.js';
import { readConfig } from '../kernel/config.js';
import { assessRisk } from '../triage/assess-risk.js';
import { isGraverPart } from './graver-part.js';
import { composeReply } from './compose-reply.js';
import { readIncoming } from './incoming.js';
import { comparableAddress } from './mail-address.js';
import { ownMail } from './own-mail.js';

interface Sample {
  readonly file: string;
  readonly client: string;
  readonly language: string;
  readonly what: string;
  readonly outcome: 'posted' | 'held' | 'refused' | 'ignored';
  readonly kept: string;
}

/** Sample emails, modelled on what clients actually send. */
const FOLDER = join('test', 'fixtures', 'mail-samples');
const samples = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as Sample[];
const ADDRESS = 'reply@boat.example';
const config = readConfig({
  NODE_ENV: 'test',
  BASE_URL: 'https://boat.example',
  MAIL_FROM: 'Messages <post@boat.example>',
  MAIL_INTAKE_SECRET: 'only our mail server knows',
  MAIL_REPLY_ADDRESS: ADDRESS,
  REPLY_BY_MAIL: 'on',
});
// Our emails' text at the time when the samples were created: their quotations do not change with
// it.
const own = ownMail(config, new Messages(join(FOLDER, 'messages')), 'Awake again');
const assess = (text: string) => assessRisk(text, { writtenAs: 'reply' });

async function taken({ file }: Sample): Promise<{ kept: string; outcome: string }> {
  const mail = await readIncoming(readFileSync(join(FOLDER, `${file}.eml`)), ADDRESS);
  if (mail === null) return { kept: '', outcome: 'ignored' };
  const { body, doubtful } = composeReply(mail, own, (part, text) =>
    isGraverPart(part, text, assess),
  );
  if (mail.conflicting.length > 0) return { kept: body, outcome: 'refused' };
  const detail = checkDisclosure({ title: '', body, summary: '' }, (kind) => kind);
  return { kept: body, outcome: doubtful || detail !== null ? 'held' : 'posted' };
}

function rowOf({ client, language, what, outcome, kept }: Sample): string {
  const line = kept.replace(/\n+/g, ' / ').replaceAll('|', '\\|');
  const signs = Array.from(line);
  const shown = signs.length > 60 ? `${signs.slice(0, 59).join('')}…` : line;
  const cell = shown === '' ? 'nothing' : `\`${shown}\``;
  return `| ${[client, language, what, cell, outcome].join(' | ')} |`;
}

describe('the sample emails', () => {
  it('are numerous, and each is in the index', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.eml'));
    expect(files.sort()).toEqual(samples.map(({ file }) => `${file}.eml`).sort());
    expect(files.length).toBeGreaterThanOrEqual(60);
    expect(new Set(samples.map(({ language }) => language)).size).toBeGreaterThanOrEqual(11);
  });

  it.each(samples.map((sample) => [sample.file, sample] as const))(
    'keep what was written, and nothing else: %s',
    async (_file, sample) => {
      expect(await taken(sample)).toEqual({ kept: sample.kept, outcome: sample.outcome });
    },
  );

  it('publish no names and no personal links', () => {
    for (const { kept, outcome } of samples.filter((each) => each.outcome === 'posted'))
      expect([outcome, kept]).toEqual([
        outcome,
        expect.not.stringMatching(/Ann\b|Example|unsubscribe/),
      ]);
  });

  it('match the table in docs/mail.md', () => {
    expect(samples.map(rowOf)).toEqual(tableIn('docs/mail.md', 'Client'));
  });

  it('compare addresses by their Punycode', async () => {
    const found = samples.find(({ what }) => what.startsWith('Punycode'));
    const raw = readFileSync(join(FOLDER, `${found?.file ?? ''}.eml`));
    expect((await readIncoming(raw, ADDRESS))?.from).toBe(
      comparableAddress('Ann@post.bücher.example'),
    );
  });
});
