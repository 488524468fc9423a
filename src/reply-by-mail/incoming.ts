import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { escapeRegExp } from '../content/escape.js';
import { htmlText } from './html-text.js';
import { comparableAddress } from './mail-address.js';
import { readStructure, type MimeStructure } from './mime-structure.js';
import { isOutOfOffice } from './out-of-office.js';
import { withoutArmour } from './pgp-armour.js';

/** The relevant parts of an incoming email: recipient, claimed sender, and complete text. */
export interface Incoming {
  readonly token: string;
  /** From `comparableAddress`; empty if its From contains several addresses, or none. */
  readonly from: string;
  /** Addresses of all From headers if there is more than one. */
  readonly conflicting: readonly string[];
  /** Display name of its From; empty if there is none. */
  readonly name: string;
  /** Its Message-ID, or a digest of the whole email if it has none. */
  readonly messageId: string;
  readonly text: string;
  /** Text shown beside it: forwarded messages, or HTML after a plain text. */
  readonly beside: string;
  /**
   * Whether it is uncertain that the text is the sender's own, or how it reads: the email had only
   * HTML, shows a file, or may be automatic.
   */
  readonly uncertain: boolean;
}

/**
 * Maximum size in bytes of an email that is posted. Larger ones are still screened, because they
 * may be a cry for help.
 */
export const MAX_MAIL_SIZE = 10 * 1024 * 1024;

/** Maximum nesting of forwarded messages that are read; deeper ones count as files. */
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

/**
 * Whether it is automatic, such as out-of-office replies, lists and bounces: an answer would cause
 * a mail loop (RFC 3834).
 */
export function isAutomatic(mail: ParsedMail): boolean {
  if (['bulk', 'list'].includes(header(mail, 'precedence'))) return true;
  // mailparser collects all List-* headers under one name
  // (findings/mailparser-gathers-list-headers.sh).
  if ((mail.headers.get('list') as { id?: unknown } | undefined)?.id !== undefined) return true;
  return isFromMachine(mail);
}

/** Whether no person wrote it; an email from a list may have been written by a person. */
export function isFromMachine(mail: ParsedMail): boolean {
  const submitted = header(mail, 'auto-submitted');
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  if (['junk', 'auto_reply'].includes(header(mail, 'precedence'))) return true;
  if (['x-autoreply', 'x-autorespond'].some((name) => mail.headers.has(name))) return true;
  // Exchange also sets it on emails that people write.
  if (mail.headers.has('x-auto-response-suppress') && isOutOfOffice(mail.subject ?? ''))
    return true;
  if (lineOf(mail, 'return-path').some((line) => /:\s*<\s*>/.test(line))) return true;
  return /^(mailer-daemon|postmaster|no-?reply)@/.test(senderOf(mail));
}

/**
 * @param raw the whole email
 * @param address value of MAIL_REPLY_ADDRESS
 * @returns null if it is automatic, or contains no address of ours
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

/** Loaded on demand: processes that parse no email do not need its charset tables. */
let parser: Promise<typeof import('mailparser')> | null = null;

/** Parses an email without its attachments. */
export async function parseMail({ own, htmlAlone }: MimeStructure): Promise<ParsedMail> {
  // Cached, because an archive contains hundreds of thousands of emails, and each dynamic import
  // looks the module up.
  const { simpleParser } = await (parser ??= import('mailparser'));
  return simpleParser(Buffer.from(own, 'latin1'), {
    skipImageLinks: true,
    // Its conversion takes superlinear time and drops deeply nested text
    // (findings/mailparser-drops-deep-html.sh).
    skipHtmlToText: true,
    // If the text is HTML, plain text beside it is converted to HTML in its place too.
    skipTextToHtml: !htmlAlone,
    skipTextLinks: true,
  });
}

/** Its complete text, converted from HTML if there is no plain text. */
export function textOf({ htmlAlone }: MimeStructure, { text = '', html }: ParsedMail): string {
  return typeof html === 'string' && (htmlAlone || text.trim() === '') ? htmlText(html) : text;
}

/** The text of a forwarded email, with what is shown beside it. */
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

/** @returns its only sender; empty if there are several, or none */
export function senderOf(mail: ParsedMail): string {
  const [only, ...others] = mail.from?.value ?? [];
  if (others.length > 0 || lineOf(mail, 'from').length !== 1) return '';
  return comparableAddress(only?.address ?? '');
}

/**
 * Senders in several From headers: it is unknown which of them the receiving server verified (RFC
 * 5322, 3.6).
 */
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
