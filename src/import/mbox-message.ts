import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { comparableAddress } from '../reply-by-mail/mail-address.js';
import { isFromMachine, parseMail, senderOf, textOf } from '../reply-by-mail/incoming.js';
import { readStructure } from '../reply-by-mail/mime-structure.js';
import type { MboxMessage } from './mbox-split.js';
import { readSubject } from './mbox-subject.js';
import { listMailToMarkdown, withoutContacts } from './mbox-text.js';
import type { MailWords } from './words.js';

/** An email to a list, as staged. */
export interface ListMail {
  readonly id: string;
  /** The ids of emails to which it replies, nearest first. */
  readonly parents: readonly string[];
  readonly list: string;
  readonly listName: string;
  readonly title: string;
  readonly isReply: boolean;
  /** Empty if there is no sender, or more than one. */
  readonly address: string;
  readonly name: string;
  readonly at: Date;
  readonly body: string;
  readonly losses: readonly string[];
}

/** An omitted email, and the reason. */
export interface SkippedMail {
  readonly id: string;
  readonly leftOut: string;
}

const MAX_PARENTS = 50;
/** No email is older. */
const FIRST_MAIL = Date.UTC(1971, 0, 1);
/** Automated addresses of a mailing list. */
const LIST_MACHINE = /(?:-(?:bounces|request|confirm|leave|join)|^mailman|^listserv|^majordomo)@/;
const MESSAGE_ID = /^message-id:\s{0,4}<([^<>\s]{1,900})>/im;
const MUNGED = /^(From: *[^\s<>()@]{1,64}) at ([^\s<>()@]{3,200})(?= *\(| *\r?$)/im;

/**
 * Parses an email of a list archive, or omits one that cannot be parsed, so that it does not stop
 * the import.
 * @param read as `readListMail`
 */
export async function parseOrSkip(
  message: MboxMessage,
  fallback: string,
  words: MailWords,
  read: typeof readListMail = readListMail,
): Promise<ListMail | SkippedMail> {
  try {
    return await read(message, fallback, words);
  } catch {
    // The error may quote the email, so only its kind and id are reported.
    const [, id = message.raw] = MESSAGE_ID.exec(message.raw.toString('latin1')) ?? [];
    return { id: digest(id), leftOut: 'unreadable-mail' };
  }
}

/**
 * Parses an email of a list archive.
 * @param fallback the name of the list if the email does not contain it
 */
export async function readListMail(
  { envelope, raw, cut }: MboxMessage,
  fallback: string,
  words: MailWords,
): Promise<ListMail | SkippedMail> {
  const structure = readStructure(withAddress(raw.toString('latin1')));
  const mail = await parseMail(structure);
  const id = digest(idsIn(mail.messageId)[0] ?? raw);
  if (isFromMachine(mail) || isReport(mail)) return { id, leftOut: 'automatic-mail' };
  const list = listOf(mail, fallback);
  const address = writerOf(mail, list.post);
  if (LIST_MACHINE.test(address)) return { id, leftOut: 'automatic-mail' };
  const at = dateOf(mail, envelope);
  if (at === null) return { id, leftOut: 'mail-without-date' };
  const name = nameOf(mail);
  const { markdown, losses } = listMailToMarkdown(textOf(structure, mail), words);
  const files = structure.files + structure.beside.length + (cut ? 1 : 0);
  const subject = readSubject(mail.subject ?? '', [list.name, list.id]);
  return {
    ...{ id, address, name, at, list: list.id, listName: list.name, isReply: subject.isReply },
    parents: parentsOf(mail).map(digest),
    title: withoutContacts(subject.title, words).text,
    body: [markdown, ...(files > 0 ? [words.file] : [])].filter((each) => each !== '').join('\n\n'),
    losses: [...losses, ...Array.from({ length: files }, () => 'file')],
  };
}

/** A digest as id, as many Message-IDs contain an email address. */
export function digest(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Restores addresses obfuscated by web archives: "anna at example.org". */
function withAddress(raw: string): string {
  const end = raw.search(/\r?\n\r?\n/);
  const head = end < 0 ? raw : raw.slice(0, end);
  return head.replace(MUNGED, '$1@$2') + raw.slice(head.length);
}

function idsIn(value: string | readonly string[] | undefined): string[] {
  const text = [value ?? []].flat().join(' ').slice(-20_000);
  return [...text.matchAll(/<([^<>\s]{1,900})>/g)].map(([, id = '']) => id);
}

function parentsOf(mail: ParsedMail): string[] {
  const nearest = [...idsIn(mail.inReplyTo), ...idsIn(mail.references).reverse()];
  return [...new Set(nearest)].slice(0, MAX_PARENTS);
}

/** Whether it is a bounce or a read receipt. */
function isReport(mail: ParsedMail): boolean {
  const type = mail.headers.get('content-type') as { value?: unknown } | undefined;
  return type?.value === 'multipart/report';
}

function listOf(mail: ParsedMail, fallback: string): { id: string; name: string; post: string } {
  const list = mail.headers.get('list') as
    { id?: { id?: string; name?: string }; post?: { mail?: string } } | undefined;
  const id = list?.id?.id?.trim().toLowerCase() ?? '';
  const name = list?.id?.name?.trim() ?? '';
  const post = comparableAddress(list?.post?.mail ?? '');
  if (id === '') return { id: fallback, name: fallback, post };
  return { id, post, name: name === '' || name.includes('@') ? (id.split('.')[0] ?? id) : name };
}

/** Some lists put their own address into From, and the sender's into Reply-To. */
function writerOf(mail: ParsedMail, post: string): string {
  const sender = senderOf(mail);
  if (sender === '' || sender !== post) return sender;
  const others = (mail.replyTo?.value ?? [])
    .map(({ address }) => comparableAddress(address ?? ''))
    .filter((address) => address !== '' && address !== post);
  return others.length === 1 ? (others[0] ?? '') : '';
}

/** Never an address, and not the name of the list. */
function nameOf(mail: ParsedMail): string {
  const name = mail.from?.value[0]?.name ?? '';
  const own = name.replace(/ via [^\n]{1,80}$/i, '').trim();
  return /@|\S at \S+\.\S/.test(own) ? '' : own;
}

/** The sender's Date header, otherwise the date in the archive's From line. */
function dateOf(mail: ParsedMail, envelope: string): Date | null {
  const header = mail.headerLines.find(({ key }) => key === 'date')?.line ?? '';
  const headerDate = new Date(header.slice(header.indexOf(':') + 1).trim());
  if (isDate(headerDate)) return headerDate;
  const [, month = '', rest = ''] =
    /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +([A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2}) +(\S.{0,60})$/.exec(
      envelope,
    ) ?? [];
  const received = new Date(`${month} ${rest}${/[+-]\d{4}|[A-Z]{3}/.test(rest) ? '' : ' UTC'}`);
  return isDate(received) ? received : null;
}

function isDate(date: Date): boolean {
  return date.getTime() >= FIRST_MAIL;
}
