import { Injectable } from '@nestjs/common';
import { withoutPrivateLinks } from '../content/private-links.js';
import { Config } from '../kernel/config.js';
import { Messages } from '../i18n/messages.js';

interface PostTexts {
  readonly title?: string;
  readonly body: string;
  readonly summary: string;
}

/**
 * Removes links that give access to somebody's private content from posts, whether submitted by
 * form or email.
 */
@Injectable()
export class PrivateLinks {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  /**
   * Replaces private links in a submitted text; must be called before it is screened or saved.
   * @param locale the author's, for the replacement text
   */
  leaveOut<T extends PostTexts>(form: T, locale: string | null): T {
    const words = this.messages.text(
      this.messages.supported(locale),
      'details.left-out.private-link',
    );
    const instead = `[${words}]`;
    const clean = (text: string): string => withoutPrivateLinks(text, this.config, instead);
    const title = form.title === undefined ? {} : { title: clean(form.title) };
    return { ...form, ...title, body: clean(form.body), summary: clean(form.summary) };
  }
}
