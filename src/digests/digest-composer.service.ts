import { Injectable } from '@nestjs/common';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';
import type { Email } from '../mail/mailer.js';
import { isTimeToAsk } from '../notifications/preferences/mail-choices.js';
import { UnsubscribeTokens } from '../notifications/preferences/unsubscribe-tokens.js';
import { DigestContent, hasNews, type DigestCounts, type DigestItems } from './digest-content.js';
import { LONG_ABSENCE } from '../notifications/preferences/absence.js';
import type { ClaimedDigest, DigestReader } from './digest-rows.queries.js';
import { digestGroups, digestLines, type DigestGroup } from './digest.view.js';

/** A claimed digest whose recipient may be emailed. */
export interface DeliverableDigest extends ClaimedDigest {
  readonly reader: DigestReader;
}

/** A composed email. */
export interface ComposedDigest {
  readonly digest: DeliverableDigest;
  /** `goodbye` is the last email to a member who has been absent for long. */
  readonly template: 'digest' | 'goodbye';
  readonly email: Email;
}

/** The content of a digest email. */
export interface DigestMailView {
  lines: string[];
  groups: DigestGroup[];
  link: string;
  /** Whether to ask again if email is safe. */
  askAgain: boolean;
}

/** Composes the emails of a batch of digests from what their recipients may read at this time. */
@Injectable()
export class DigestComposer {
  constructor(
    private readonly content: DigestContent,
    private readonly tokens: UnsubscribeTokens,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  /** @returns an email for each digest with news */
  async compose(batch: readonly DeliverableDigest[], now: Date): Promise<ComposedDigest[]> {
    const counts = await this.content.counts(batch, 'mail');
    const news = batch.flatMap((digest) => {
      const own = counts.get(digest.id);
      return own !== undefined && hasNews(own) ? [{ digest, counts: own }] : [];
    });
    const items = await this.content.items(
      news.flatMap(({ digest }) => (digest.reader.content ? [digest] : [])),
      'mail',
      'en',
    );
    const tokens = await this.tokens.make(
      news.map(({ digest: { memberId, reader } }) => ({
        memberId,
        seed: reader.seed,
        scope: 'digest' as const,
      })),
    );
    return news.map(({ digest, counts: own }, at) => {
      const absent = now.getTime() - digest.reader.seenAt.getTime() > LONG_ABSENCE;
      const template = absent ? 'goodbye' : 'digest';
      const view = absent ? {} : this.view(digest, own, items.get(digest.id), now);
      return { digest, template, email: email(digest, template, tokens[at] ?? '', view) };
    });
  }

  private view(
    { id, reader }: DeliverableDigest,
    counts: DigestCounts,
    items: DigestItems | undefined,
    now: Date,
  ): DigestMailView {
    const locale = this.messages.forMails(reader.locale);
    const i18n = new Translator(this.messages, locale, now, reader.timeZone ?? undefined);
    return {
      lines: digestLines(counts, i18n),
      groups: items === undefined ? [] : digestGroups(items, this.config.baseUrl, i18n),
      link: `${this.config.baseUrl}/digests/${id}`,
      // A member who never answered gets a digest only if they chose one, which counts as an
      // answer.
      askAgain: reader.mailSafeAt !== null && isTimeToAsk('yes', reader.mailSafeAt, now),
    };
  }
}

/** Idempotency key: one email per digest, however often a worker composes it. */
export function digestKey(id: string): string {
  return `digest:${id}`;
}

function email(
  { id, memberId, reader }: DeliverableDigest,
  template: ComposedDigest['template'],
  unsubscribeToken: string,
  view: DigestMailView | Record<string, never>,
): Email {
  return {
    key: digestKey(id),
    kind: 'digest',
    memberId,
    to: reader.email,
    locale: reader.locale,
    template,
    appearance: reader,
    unsubscribeToken,
    about: `${memberId} digests`,
    view,
  };
}
