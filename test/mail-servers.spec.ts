import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReport, type BounceReport } from '../src/reply-by-mail/bounce-report.js';
import { bounceRow, READ_AS, REFUSALS, REFUSAL_NAMES } from './support/bounce-cases.js';
import { tableIn } from './support/docs-table.js';
import { eventually } from './support/eventually.js';
import {
  canRunMailServers,
  MAIL_SERVER_NAMES,
  mailServerLog,
  startMailServer,
  type MailServer,
} from './support/mail-servers.js';
import { SmtpSink } from './support/smtp-sink.js';

const BOUNCES = 'bounce@boat.example';
const from = (mark: string): string => `bounce+${mark}@boat.example`;
/** Records the servers' bounces as fixtures for `bounce-report.spec.ts`. */
const RECORD = process.env.RECORD_BOUNCES === 'yes';

function record(server: string, file: string, reports: readonly string[]): void {
  const folder = join('test', 'fixtures', 'mail-bounces', server.toLowerCase());
  mkdirSync(folder, { recursive: true });
  reports.forEach((each, at) =>
    writeFileSync(join(folder, `${file}${at === 0 ? '' : `-${at}`}.eml`), each),
  );
}

function recorded(server: string, file: string): string[] {
  const folder = join('test', 'fixtures', 'mail-bounces', server.toLowerCase());
  return readdirSync(folder)
    .filter((each) => new RegExp(`^${file}(-\\d+)?\\.eml$`).test(each))
    .map((each) => readFileSync(join(folder, each), 'utf8'));
}

if (!canRunMailServers)
  process.stderr.write(
    'No mail servers here (.ci/mail-servers, as root): what they sent when it was recorded is read.\n',
  );

describe('what real mail servers send back', () => {
  const rows = new Map<string, string[]>();

  for (const name of MAIL_SERVER_NAMES) {
    describe(name, () => {
      let sink: SmtpSink | undefined;
      let server: MailServer | undefined;
      const cases: Record<string, readonly string[]> = {
        ...Object.fromEntries(REFUSAL_NAMES.map((each) => [each, [`${each}@far.example`]])),
        two: ['full@far.example', 'gone@far.example'],
        // The others support no non-ASCII addresses in this setup.
        ...(name === 'Postfix' ? { letters: ['jürgen@far.example'] } : {}),
      };
      const markOf = (file: string): string =>
        String(Object.keys(cases).indexOf(file)).padStart(32, '0');

      beforeAll(async () => {
        if (!canRunMailServers) return;
        sink = new SmtpSink({ ...REFUSALS, jürgen: REFUSALS.gone });
        server = await startMailServer(name, await sink.listen());
        for (const [file, to] of Object.entries(cases)) await server.send(from(markOf(file)), to);
      });
      afterAll(async () => {
        await server?.stop();
        await sink?.close();
      });

      /** The bounces for a case, once they name every recipient. */
      async function bounced(file: string): Promise<BounceReport[]> {
        const reports = (): string[] =>
          (sink?.received ?? recorded(name, file)).filter((each) =>
            each.includes(from(markOf(file))),
          );
        await eventually(
          () => cases[file]?.every((to) => reports().some((each) => each.includes(to))),
          `a report of ${name} to ${file}: ${mailServerLog(name)}`,
        );
        const raw = reports();
        if (RECORD) record(name, file, raw);
        const read = await Promise.all(raw.map((each) => readReport(each, BOUNCES)));
        for (const report of read) expect(report?.mark).toBe(markOf(file));
        return read.filter((report) => report !== null);
      }

      it.each(REFUSAL_NAMES)('of a refusal that is %s', async (refusal) => {
        const [report] = await bounced(refusal);
        expect(report?.domain).toBe('far.example');
        rows.set(refusal, [...(rows.get(refusal) ?? []), READ_AS[report?.kind ?? 'complaint']]);
      });

      it('of several recipients at once', async () => {
        const reports = await bounced('two');
        expect(reports.map(({ kind }) => kind)).toContain('hard');
      });

      if (name === 'Postfix')
        it('of an address beyond ASCII (RFC 6533)', async () => {
          const [report] = await bounced('letters');
          expect(report).toMatchObject({ kind: 'hard', code: '5.1.1' });
        });
    });
  }

  it('is in the table of docs/mail.md', () => {
    expect(REFUSAL_NAMES.map((name) => bounceRow(name, rows.get(name) ?? []))).toEqual(
      tableIn('docs/mail.md', 'A server says'),
    );
  });
});
