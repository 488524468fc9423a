import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sanitizeHtml from 'sanitize-html';
import { truncate } from '../content/truncate.js';
import { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';
import { Envelopes } from './envelopes.js';
import { mailFixtures, type MailFixture } from './mail-preview-fixtures.js';
import { unescapeHtml } from './mail-templates.js';

/** An email as a mail client shows it: in its list, as text, and as HTML. */
export interface MailPreview {
  /** See `MailFixture`. */
  readonly name: string;
  /** Empty for a sender without a name; mail clients then show the address. */
  readonly sender: string;
  readonly subject: string;
  /** The beginning of the body, which lists show beside the subject. */
  readonly preview: string;
  readonly text: string;
  readonly html: string;
}

const SHOWN_IN_LIST = 90;

/**
 * Previews of every kind of email, composed from fixtures by the same code as real ones. Nothing is
 * sent or stored.
 */
@Injectable()
export class MailPreviews {
  constructor(
    private readonly config: Config,
    private readonly envelopes: Envelopes,
  ) {}

  async all(i18n: Translator): Promise<MailPreview[]> {
    return Promise.all(
      mailFixtures(i18n, this.config.baseUrl).map((fixture) => this.compose(fixture, i18n)),
    );
  }

  /** @returns null if no fixture has the name */
  async find(name: string, i18n: Translator): Promise<MailPreview | null> {
    const fixture = mailFixtures(i18n, this.config.baseUrl).find((each) => each.name === name);
    return fixture === undefined ? null : this.compose(fixture, i18n);
  }

  private async compose(fixture: MailFixture, i18n: Translator): Promise<MailPreview> {
    const mandatory = fixture.kind === 'account' || fixture.kind === 'alert';
    const { from, subject, text, html } = await this.envelopes.of({
      key: `preview:${fixture.name}`,
      kind: fixture.kind,
      memberId: null,
      to: 'reader@example.org',
      locale: i18n.locale,
      template: fixture.template,
      view: fixture.view,
      ...(mandatory ? {} : { unsubscribeToken: '…' }),
    });
    return {
      name: fixture.name,
      sender: from.name === '' ? from.address : from.name,
      subject,
      preview: firstWords(html),
      text,
      html,
    };
  }
}

/** Rewrites the HTML of an email to show its dark mode on any screen. */
export function inDarkMode(html: string): string {
  return html
    .replaceAll(/\(\s*prefers-color-scheme:\s*dark\s*\)/g, '(min-width: 0)')
    .replaceAll(/(color-schemes?(?:: ?|" content="))light dark/g, '$1dark');
}

/**
 * The content security policy for the HTML of an email as a separate page. An email contains its
 * own styles, also in attributes; apart from them, nothing is executed or loaded.
 */
export function mailContentPolicy(html: string): string {
  const hashes = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  // There is no `default-src`: it would block style attributes, which could then only be allowed
  // with 'unsafe-inline'.
  const refused = ['child', 'connect', 'font', 'frame', 'img', 'manifest', 'media', 'object'];
  return [
    ...[...refused, 'script', 'worker'].map((type) => `${type}-src 'none'`),
    `style-src-elem ${hashes.length === 0 ? "'none'" : hashes.join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    'sandbox allow-top-navigation-by-user-activation',
  ].join('; ');
}

function firstWords(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const text = unescapeHtml(sanitizeHtml(body, { allowedTags: [], allowedAttributes: {} }));
  return truncate(text.replace(/\s+/g, ' ').trim(), SHOWN_IN_LIST);
}
