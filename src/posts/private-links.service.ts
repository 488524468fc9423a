import { Injectable } from '@nestjs/common';
import { withoutPrivateLinks } from '../content/private-links.js';
import { Config } from '../kernel/config.js';
import { FALLBACK_LOCALE, Messages } from '../i18n/messages.js';

interface PostTexts {
  readonly title?: string;
  readonly body: string;
  readonly summary: string;
}

/** Keeps links that open what belongs to one person out of posts, however the post comes in. */
@Injectable()
export class PrivateLinks {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
  ) {}

  /**
   * Before anything is screened or stored.
   * @param locale of the writer, who reads what stands in the link's place
   */
  leaveOut<T extends PostTexts>(form: T, locale: string | null): T {
    const words = this.messages.text(locale ?? FALLBACK_LOCALE, 'details.left-out.private-link');
    const instead = `[${words}]`;
    const clean = (text: string): string => withoutPrivateLinks(text, this.config, instead);
    const title = form.title === undefined ? {} : { title: clean(form.title) };
    return { ...form, ...title, body: clean(form.body), summary: clean(form.summary) };
  }
}
