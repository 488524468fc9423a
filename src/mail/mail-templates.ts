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
 * The templates of emails. HTML: `views/mail/<name>.mjml` within `layout.mjml`, which MJML turns
 * into markup that mail programs show correctly (when the project is built, else at the first email)
 * and which is then compiled as a Handlebars template,
 * once for the life of the process. Plain text: `<name>.txt.hbs`.
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

  /** The MJML of each, whole, in the order of the names. */
  static sources(): string[] {
    const layout = readFileSync(join(FOLDER, 'layout.mjml'), 'utf8');
    return MailTemplates.names.map((name) =>
      layout.replace(BODY, () => readFileSync(join(FOLDER, `${name}.mjml`), 'utf8')),
    );
  }

  /** Compiles the templates unless it is done; a worker does it when it starts. */
  ready(): Promise<void> {
    return (this.compiled ??= this.compile());
  }

  /** Drops what was compiled, so that a changed file is read again. */
  load(): void {
    this.compiled = null;
  }

  async html(name: string, view: object, page: PageFacts): Promise<string> {
    await this.ready();
    return this.templates.render(`mail/${name}.html`, view, page);
  }

  text(name: string, view: object, page: PageFacts): string {
    return unescaped(this.templates.render(`mail/${name}.txt`, view, page));
  }

  private async compile(): Promise<void> {
    const sources = MailTemplates.sources();
    const html = compiledEmails(sources) ?? (await fromMjml(sources));
    MailTemplates.names.forEach((name, at) =>
      this.templates.define(`mail/${name}.html`, minified(html[at] ?? '')),
    );
  }
}

// The indentation that MJML writes is a third of an email's size. Conditional comments need their
// line breaks.
function minified(html: string): string {
  return html
    .replace(/^[ \t]+/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .replace(/\n(?=[a-z-]+="|style=)/g, ' ');
}

// Templates escape for HTML, which plain text is not.
export function unescaped(text: string): string {
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
