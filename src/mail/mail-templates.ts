import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { VIEWS } from '../kernel/paths.js';
import { Templates, type PageFacts } from '../rendering/templates.js';
import { compiledEmails } from './compiled-emails.js';
import { fromMjml } from './mjml.js';

const FOLDER = join(VIEWS, 'mail');
const BODY = '<!-- body -->';

/**
 * The templates of emails. HTML: `views/mail/<name>.mjml` within `layout.mjml`. MJML turns it into
 * markup that mail clients render correctly (at build time, or else at the first email), which is
 * then compiled as a Handlebars template once per process. Plain text: `<name>.txt.hbs`.
 */
@Injectable()
export class MailTemplates {
  private compiled: Promise<void> | null = null;

  constructor(private readonly templates: Templates) {}

  /** The names of all email templates. */
  static get names(): string[] {
    return readdirSync(FOLDER)
      .filter((name) => name.endsWith('.mjml') && name !== 'layout.mjml')
      .map((name) => name.slice(0, -'.mjml'.length))
      .sort();
  }

  /** The complete MJML of each email, in the order of the names. */
  static sources(): string[] {
    const layout = readFileSync(join(FOLDER, 'layout.mjml'), 'utf8');
    return MailTemplates.names.map((name) =>
      layout.replace(BODY, () => readFileSync(join(FOLDER, `${name}.mjml`), 'utf8')),
    );
  }

  /** Compiles the templates unless already done; called by a worker at start. */
  ready(): Promise<void> {
    return (this.compiled ??= this.compile());
  }

  /** Drops the compiled templates, so that changed files are read again. */
  load(): void {
    this.compiled = null;
  }

  async html(name: string, view: object, page: PageFacts): Promise<string> {
    await this.ready();
    return this.templates.render(`mail/${name}.html`, view, page);
  }

  text(name: string, view: object, page: PageFacts): string {
    return unescapeHtml(this.templates.render(`mail/${name}.txt`, view, page));
  }

  private async compile(): Promise<void> {
    const sources = MailTemplates.sources();
    const html = compiledEmails(sources) ?? (await fromMjml(sources));
    MailTemplates.names.forEach((name, at) =>
      this.templates.define(`mail/${name}.html`, minified(html[at] ?? '')),
    );
  }
}

// MJML's indentation makes up a third of an email's size. Conditional comments need their line
// breaks.
function minified(html: string): string {
  return html
    .replace(/^[ \t]+/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .replace(/\n(?=[a-z-]+="|style=)/g, ' ');
}

// Templates escape for HTML, so plain text must be unescaped.
export function unescapeHtml(text: string): string {
  return (
    text
      .replaceAll('&#x27;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&#x3D;', '=')
      .replaceAll('&#x60;', '`')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/\n{3,}/g, '\n\n')
      .trim() + '\n'
  );
}
