import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { compiledEmails, writeCompiledEmails } from './compiled-emails.js';
import { MailTemplates } from './mail-templates.js';

describe('emails compiled by the build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-emails-'));
  const file = join(folder, 'emails.json');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are used while their templates are unchanged', () => {
    const sources = MailTemplates.sources();
    expect(sources.length).toBe(MailTemplates.names.length);
    expect(compiledEmails(sources, file)).toBeNull();
    const html = sources.map((_, at) => `<p>${at}</p>`);
    writeCompiledEmails(sources, html, file);
    expect(compiledEmails(sources, file)).toEqual(html);
    const changed = [...sources.slice(1), `${sources[0] ?? ''} `];
    expect(compiledEmails(changed, file)).toBeNull();
  });

  it('are not part of the sources', () => {
    expect(existsSync('src/mail/emails.json')).toBe(false);
  });
});
