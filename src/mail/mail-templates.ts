import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { VIEWS } from '../kernel/paths.js';
import { Templates, type PageFacts } from '../rendering/templates.js';
import { fromMjml } from './mjml.js';

const FOLDER = join(VIEWS, 'mail');
const PLACE = '<!-- body -->';

/**
 * The mails' HTML: `views/mail/<name>.mjml` within `layout.mjml`, turned by MJML into what mail
 * programs show right and compiled as a Handlebars template, once for the life of the process. The
 * plain text is `<name>.txt.hbs`.
 */
@Injectable()
export class MailTemplates {
  private made: Promise<void> | null = null;

  constructor(private readonly templates: Templates) {}

  /** The names of all mails there are. */
  static get names(): string[] {
    return readdirSync(FOLDER)
      .filter((name) => name.endsWith('.mjml') && name !== 'layout.mjml')
      .map((name) => name.slice(0, -'.mjml'.length))
      .sort();
  }

  /** Compiles what is not compiled yet; a worker does it when it starts. */
  ready(): Promise<void> {
    return (this.made ??= this.compile());
  }

  /** Forgets what was compiled, so that a changed file is read again. */
  load(): void {
    this.made = null;
  }

  async html(name: string, view: object, page: PageFacts): Promise<string> {
    await this.ready();
    return this.templates.render(`mail/${name}.html`, view, page);
  }

  text(name: string, view: object, page: PageFacts): string {
    return plain(this.templates.render(`mail/${name}.txt`, view, page));
  }

  private async compile(): Promise<void> {
    const layout = readFileSync(join(FOLDER, 'layout.mjml'), 'utf8');
    const { names } = MailTemplates;
    const made = await fromMjml(
      names.map((name) =>
        layout.replace(PLACE, () => readFileSync(join(FOLDER, `${name}.mjml`), 'utf8')),
      ),
    );
    names.forEach((name, at) => this.templates.define(`mail/${name}.html`, slim(made[at] ?? '')));
  }
}

// What MJML lays out for its reader's eyes costs every mail a third of its size. Conditional
// comments keep their lines.
function slim(html: string): string {
  return html
    .replace(/^[ \t]+/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .replace(/\n(?=[a-z-]+="|style=)/g, ' ');
}

// The text part is written with the same escaping template language; there is no markup in it to
// protect.
function plain(text: string): string {
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
