import { escapeRegExp } from '../content/escape.js';
import type { ParsedMail } from 'mailparser';

/** A mail as far as we read it: whom it is to, who says to have written it, and its whole text. */
export interface Incoming {
  readonly token: string;
  readonly from: string;
  /** As its From shows it; empty where it shows none. */
  readonly name: string;
  readonly messageId: string;
  readonly text: string;
  /**
   * Whose words these are, or how they read, is a guess: it had no text but HTML, or a file to be
   * shown in it.
   */
  readonly guessed: boolean;
}

const header = (mail: ParsedMail, name: string): string => {
  const value = mail.headers.get(name);
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
};

/**
 * Out of office, a list, a bounce, another machine: nobody sat down to write it, and an answer
 * would go round in circles (RFC 3834).
 */
export function isAutomatic(mail: ParsedMail, raw: string): boolean {
  const submitted = header(mail, 'auto-submitted');
  if (submitted !== '' && submitted !== 'no') return true;
  if (['bulk', 'junk', 'list', 'auto_reply'].includes(header(mail, 'precedence'))) return true;
  if (
    ['x-auto-response-suppress', 'x-autoreply', 'x-autorespond'].some((name) =>
      mail.headers.has(name),
    )
  )
    return true;
  // mailparser gathers all List-* lines under one name
  // (findings/mailparser-gathers-list-headers.sh).
  if ((mail.headers.get('list') as { id?: unknown } | undefined)?.id !== undefined) return true;
  if (/^return-path:\s*<\s*>/im.test(raw.slice(0, 20_000))) return true;
  return /^(mailer-daemon|postmaster|no-?reply)@/.test(addressOf(mail));
}

/**
 * @param address as MAIL_REPLY_ADDRESS @returns null for what is automatic, names no address of
 * ours, or cannot be told apart
 */
export async function readIncoming(raw: string, address: string): Promise<Incoming | null> {
  // Attachments are dropped; HTML is read only where there is no text beside it.
  // Loaded where mail is read: a process that reads none needs none of its alphabets.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(raw, {
    skipImageLinks: true,
    skipTextToHtml: true,
    skipHtmlToText: true,
  });
  if (isAutomatic(mail, raw)) return null;
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  const pattern = new RegExp(`^${escapeRegExp(local)}\\+([0-9a-f]{40})@${escapeRegExp(domain)}$`);
  const to = [
    ...['to', 'cc', 'delivered-to'].flatMap((name) => addresses(mail.headers.get(name))),
    ...['x-original-to', 'envelope-to'].map((name) => header(mail, name).replace(/[<>]/g, '')),
  ];
  const token = to
    .map((each) => pattern.exec(each.toLowerCase())?.[1])
    .find((found) => found !== undefined);
  if (token === undefined || mail.messageId === undefined) return null;
  const plain = mail.text ?? '';
  const html = plain.trim() === '' && typeof mail.html === 'string' ? mail.html : null;
  const text = html === null ? plain : await textOfHtml(html);
  const name = mail.from?.value[0]?.name ?? '';
  const guessed = html !== null || showsFile(raw);
  return { token, from: addressOf(mail), name, messageId: mail.messageId, text, guessed };
}

/**
 * Whether a text file or a forwarded mail is to be shown in place, as some programs attach them:
 * mailparser joins its words to the text (findings/mailparser-joins-attached-text.sh).
 */
function showsFile(raw: string): boolean {
  return raw
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .some((block) => {
      const lines = block
        .replace(/\n[ \t]/g, ' ')
        .toLowerCase()
        .split('\n');
      const [type = '', disposition = ''] = ['content-type:', 'content-disposition:'].map((name) =>
        lines
          .find((line) => line.startsWith(name))
          ?.slice(name.length)
          .trim(),
      );
      if (disposition.startsWith('attachment')) return false;
      return (
        type.startsWith('message/') ||
        (type.startsWith('text/plain') && /name[*\d]*=/.test(`${type};${disposition}`))
      );
    });
}

async function textOfHtml(html: string): Promise<string> {
  const part = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const { simpleParser } = await import('mailparser');
  const read = await simpleParser(`${part}${Buffer.from(html).toString('base64')}`, {
    skipImageLinks: true,
    skipTextToHtml: true,
  });
  return read.text ?? '';
}

function addressOf(mail: ParsedMail): string {
  const from = mail.from?.value ?? [];
  return from.length === 1 ? (from[0]?.address ?? '').toLowerCase() : '';
}

function addresses(value: unknown): string[] {
  const found = [value].flat() as ({ value?: { address?: string }[] } | undefined)[];
  return found.flatMap((each) => each?.value ?? []).flatMap(({ address }) => address ?? []);
}
