import { escapeRegExp } from '../content/escape.js';
import { parseAddress, SENDERS } from '../mail/mail-appearance.js';
import type { Config } from '../kernel/config.js';
import type { Messages } from '../i18n/messages.js';

/**
 * The text of emails that can be answered, in every language, to distinguish a reply from its
 * quotation.
 */
export interface OwnMail {
  /** Patterns of sentences and links, for text with single spaces. */
  readonly phrases: readonly RegExp[];
  /** Pattern of links only, which nobody writes by accident. */
  readonly links: RegExp;
  /** Complete lines that are too short to be matched anywhere, normalised by `plainLine`. */
  readonly lines: ReadonlySet<string>;
  /** Names and addresses with which a mail client attributes the quotation. */
  readonly senders: readonly string[];
}

const SENTENCES = ['mail.notice.text', 'mail.notice.answer', 'mail.notice.why', 'mail.preview'];
const LINES = [
  'mail.notice.hello',
  'mail.notice.open',
  'mail.leave',
  'mail.settings',
  'mail.title',
];
const ITEMS = [
  'kind.reply-to-post',
  'kind.reply-to-thread',
  'kind.reply-followed',
  'kind.thread-update',
  'folded.replies',
  'folded.following',
];
/** Minimum length of a sentence; shorter ones could be anybody's. */
const MIN_SENTENCE_LENGTH = 12;
const NAME = '\u0001';

/** Normalises a line to letters and digits, without what a mail client puts around them. */
export function plainLine(line: string): string {
  return line
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * @param title of the thread, which is part of emails to members who chose content in them
 * @param privateWord with which the member's emails end; may be empty
 */
export function ownMail(
  config: Config,
  messages: Messages,
  title: string,
  privateWord = '',
): OwnMail {
  const { locales } = messages;
  const sentences = locales.flatMap((locale) =>
    SENTENCES.flatMap((key) =>
      [1, 2].flatMap((count) => sentencesIn(messages.text(locale, key, { count }))),
    ),
  );
  const links = linksOf(config);
  const items = locales.flatMap((locale) =>
    ITEMS.map((key) =>
      itemOf(messages.text(locale, `notifications.${key}`, { name: NAME, count: 2 }), title),
    ),
  );
  const names = locales.flatMap((locale) =>
    SENDERS.filter((sender) => messages.has(`mail.sender.${sender}`)).map((sender) =>
      messages.text(locale, `mail.sender.${sender}`),
    ),
  );
  const from = parseAddress(config.MAIL_FROM);
  const [local = '', domain = ''] = (config.MAIL_REPLY_ADDRESS ?? '').toLowerCase().split('@');
  return {
    phrases: [...new Set(sentences)]
      .map((sentence) => new RegExp(pattern(sentence), 'gi'))
      .concat(items, links),
    links,
    lines: new Set(
      locales.flatMap((locale) => [
        ...LINES.map((key) => plainLine(messages.text(locale, key))),
        ...(privateWord === ''
          ? []
          : [plainLine(messages.text(locale, 'mail.word', { word: privateWord }))]),
      ]),
    ),
    senders: [from.address, from.name, `${local}+`, `@${domain}`, ...names]
      .map((each) => each.toLowerCase())
      .filter((each) => each.length > 2),
  };
}

function sentencesIn(text: string): string[] {
  return text.split(/(?<=[.?!])\s+/).filter((sentence) => sentence.length >= MIN_SENTENCE_LENGTH);
}

// Numbers vary between emails.
function pattern(sentence: string): string {
  return escapeRegExp(sentence).replace(/\d+/g, '\\d{1,6}').replace(/\s+/g, ' ');
}

function itemOf(text: string, title: string): RegExp {
  const sentence = pattern(text).replace(NAME, '[^\\n]{1,60}?');
  const ending = title === '' ? '' : `(?: ${escapeRegExp(title.replace(/\s+/g, ' '))})?`;
  return new RegExp(`[-*•] ${sentence}${ending}`, 'gi');
}

function linksOf(config: Config): RegExp {
  const host = escapeRegExp(new URL(config.baseUrl).host);
  return new RegExp(
    `(?:https?://)?${host}/(?:unsubscribe/|(?:settings/)?notifications\\b|login\\b)[^\\s<>\\])]*`,
    'gi',
  );
}
