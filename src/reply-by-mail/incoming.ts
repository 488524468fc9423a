import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { escapeRegExp } from '../content/escape.js';
import { htmlText } from './html-text.js';
import { comparableAddress } from './mail-address.js';
import { readStructure, type MimeStructure } from './mime-structure.js';
import { isOutOfOffice } from './out-of-office.js';
import { withoutArmour } from './pgp-armour.js';

/** A mail as far as it is read: whom it is to, whom it says it is from, and its whole text. */
export interface Incoming {
  readonly token: string;
  /** As `comparableAddress`; empty where its From names several, or none. */
  readonly from: string;
  /** Addresses of all its From headers where it has more than one. */
  readonly conflicting: readonly string[];
  /** Display name of its From; empty where there is none. */
  readonly name: string;
  /** Its Message-ID, or a digest of the whole mail where it has none. */
  readonly messageId: string;
  readonly text: string;
  /** Text that is shown beside it: messages that it forwards, or HTML after a plain text. */
  readonly beside: string;
  /**
   * It is not certain that the text is the sender's own, or how it reads: it had HTML alone, shows
   * a file, or may be a machine's.
   */
  readonly uncertain: boolean;
}

/** A longer mail is not posted, in bytes. It is read all the same: it may be a plea. */
export const LARGEST_MAIL = 10 * 1024 * 1024;

/** Forwarded messages are read to this depth; those within are files. */
const DEEPEST = 4;

const RECIPIENTS = ['to', 'cc', 'delivered-to', 'resent-to', 'x-original-to'].concat(
  'envelope-to',
  'x-forwarded-to',
  'original-recipient',
);

const header = (mail: ParsedMail, name: string): string => {
  const value = mail.headers.get(name);
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
};
const lineOf = (mail: ParsedMail, name: string): string[] =>
  mail.headerLines.filter(({ key }) => key === name).map(({ line }) => line);

/** Out of office, a list, a bounce: an answer would go round in circles (RFC 3834). */
export function isAutomatic(mail: ParsedMail): boolean {
  if (['bulk', 'list'].includes(header(mail, 'precedence'))) return true;
  // mailparser gathers all List-* lines under one name
  // (findings/mailparser-gathers-list-headers.sh).
  if ((mail.headers.get('list') as { id?: unknown } | undefined)?.id !== undefined) return true;
  return isFromMachine(mail);
}

/** Whether nobody wrote it; what came by a list may have been written by somebody. */
export function isFromMachine(mail: ParsedMail): boolean {
  const submitted = header(mail, 'auto-submitted');
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  if (['junk', 'auto_reply'].includes(header(mail, 'precedence'))) return true;
  if (['x-autoreply', 'x-autorespond'].some((name) => mail.headers.has(name))) return true;
  // Exchange sets it on what people write, too.
  if (mail.headers.has('x-auto-response-suppress') && isOutOfOffice(mail.subject ?? ''))
    return true;
  if (lineOf(mail, 'return-path').some((line) => /:\s*<\s*>/.test(line))) return true;
  return /^(mailer-daemon|postmaster|no-?reply)@/.test(senderOf(mail));
}

/**
 * @param raw the whole mail
 * @param address as MAIL_REPLY_ADDRESS
 * @returns null for what is automatic, or names no address of ours
 */
export async function readIncoming(
  raw: Buffer | string,
  address: string,
): Promise<Incoming | null> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  const structure = readStructure(bytes.toString('latin1'));
  const mail = await parseMail(structure);
  if (isAutomatic(mail)) return null;
  const token = tokenIn(mail, address);
  if (token === null) return null;
  const text = textOf(structure, mail);
  const beside = await Promise.all(structure.beside.map((each) => wholeText(each)));
  return {
    token,
    from: senderOf(mail),
    conflicting: sendersInConflict(mail),
    name: mail.from?.value[0]?.name ?? '',
    messageId: mail.messageId ?? `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    text: withoutArmour(text),
    beside: beside.join('\n\n').trim(),
    uncertain: structure.htmlAlone || structure.showsFile || mayBeMachines(mail),
  };
}

/** Loaded where mail is read: a process that reads none needs none of its alphabets. */
let parser: Promise<typeof import('mailparser')> | null = null;

/** A mail without its attachments. */
export async function parseMail({ own, htmlAlone }: MimeStructure): Promise<ParsedMail> {
  // Kept, since an archive is read by the hundred thousand, and each import looks the module up.
  const { simpleParser } = await (parser ??= import('mailparser'));
  return simpleParser(Buffer.from(own, 'latin1'), {
    skipImageLinks: true,
    // It takes time beyond the length, and drops the words of what is nested deeply
    // (findings/mailparser-drops-deep-html.sh).
    skipHtmlToText: true,
    // Where HTML is the text, plain text beside it becomes HTML as well, in its place.
    skipTextToHtml: !htmlAlone,
    skipTextLinks: true,
  });
}

/** Its whole text, made of its HTML where it has no other. */
export function textOf({ htmlAlone }: MimeStructure, { text = '', html }: ParsedMail): string {
  return typeof html === 'string' && (htmlAlone || text.trim() === '') ? htmlText(html) : text;
}

/** The text of a mail within a mail, with what is shown beside it. */
async function wholeText(latin1: string, depth = 1): Promise<string> {
  const structure = readStructure(latin1);
  const within = depth < DEEPEST ? structure.beside : [];
  const text = textOf(structure, await parseMail(structure));
  return [text, ...(await Promise.all(within.map((each) => wholeText(each, depth + 1))))].join(
    '\n\n',
  );
}

function mayBeMachines(mail: ParsedMail): boolean {
  return (
    mail.headers.has('x-auto-response-suppress') &&
    !/^\p{L}{1,8}\s?(?:\[\d+\])?:/u.test(mail.subject ?? '')
  );
}

function tokenIn(mail: ParsedMail, address: string): string | null {
  const [local = '', domain = ''] = comparableAddress(address).split('@');
  const pattern = new RegExp(`^${escapeRegExp(local)}\\+([0-9a-f]{40})@${escapeRegExp(domain)}$`);
  const found = RECIPIENTS.flatMap((name) => addressesIn(mail.headers.get(name)))
    .map((each) => pattern.exec(comparableAddress(each))?.[1])
    .find((token) => token !== undefined);
  return found ?? null;
}

/** @returns its one sender; empty where it names several, or none */
export function senderOf(mail: ParsedMail): string {
  const [only, ...others] = mail.from?.value ?? [];
  if (others.length > 0 || lineOf(mail, 'from').length !== 1) return '';
  return comparableAddress(only?.address ?? '');
}

/** Nobody knows which of several From headers the receiving server checked (RFC 5322, 3.6). */
function sendersInConflict(mail: ParsedMail): string[] {
  const lines = lineOf(mail, 'from');
  return lines.length < 2 ? [] : lines.flatMap(addressesIn).map(comparableAddress);
}

function addressesIn(value: unknown): string[] {
  const found = [value].flat() as (string | { value?: { address?: string }[] } | undefined)[];
  return found.flatMap((each) =>
    typeof each === 'string'
      ? [...each.matchAll(/[^\s<>,;:"]+@[^\s<>,;:"]+/g)].map(([address]) => address)
      : (each?.value ?? []).flatMap(({ address }) => address ?? []),
  );
}
