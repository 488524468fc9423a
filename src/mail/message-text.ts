import { randomUUID } from 'node:crypto';
import { encode as encodeBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode as encodePrintable, wrap as wrapPrintable } from 'nodemailer/lib/qp';
import { ComputedOnce } from '../kernel/computed-once.js';

/** An email as it is sent. */
export interface Envelope {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  messageId: string;
  replyTo?: string;
  /** Address for bounces (VERP); defaults to the sender's address. */
  returnPath?: string;
}

/** The addresses of the SMTP transaction. */
export interface Route {
  from: string;
  to: string[];
}

/** Longest line of a header or a body that is not encoded. */
const LINE = 76;
const PLAIN_ADDRESS = /^[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;
const PLAIN_VALUE = /^[\x21-\x7e][\x20-\x7e]*$/;
const CONTROL = /[^\t\n\r\x20-\x7e]/;
const LONG_LINE = new RegExp(`[^\\r\\n]{${LINE + 1}}`);

/**
 * The source of an email (RFC 5322): plain text with HTML as its alternative, as Nodemailer's
 * composer writes it, in one string without trees and streams. Headers that are not printable ASCII
 * are left to Nodemailer's encoder.
 * @param date of the email
 * @param boundary between the parts; random if omitted
 * @returns text in which every line ends with CRLF
 */
export function messageText(
  envelope: Envelope,
  date: Date,
  boundary = `--_${randomUUID()}`,
): string {
  const { from, to, replyTo, subject, messageId, headers } = envelope;
  const lines = Object.entries(headers).map(([name, value]) => header(name, value));
  lines.push(encodedOnce('From', from.name, from.address), header('To', addressOf(to)));
  if (replyTo !== undefined) lines.push(header('Reply-To', addressOf(replyTo)));
  lines.push(
    encodedOnce('Subject', subject, ''),
    header('Message-ID', messageId),
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    part('text/plain', envelope.text),
    `--${boundary}`,
    part('text/html', envelope.html),
    `--${boundary}--`,
    '',
  );
  return lines.join('\r\n');
}

/** The addresses that an email is sent from and to, with domains in ASCII. */
export function routeOf({ from, to, returnPath }: Envelope): Route {
  const sender = returnPath ?? from.address;
  if (PLAIN_ADDRESS.test(sender) && PLAIN_ADDRESS.test(to)) return { from: sender, to: [to] };
  const route = new MimeNode('text/plain')
    .setEnvelope({ from: { name: '', address: sender }, to: { name: '', address: to } })
    .getEnvelope();
  return { from: route.from === false ? '' : route.from, to: route.to };
}

/** An object for Nodemailer unless it needs no encoding; a string could be a list of addresses. */
function addressOf(address: string): string | { name: string; address: string } {
  return PLAIN_ADDRESS.test(address) ? address : { name: '', address };
}

function header(name: string, value: string | { name: string; address: string }): string {
  if (typeof value === 'string' && PLAIN_VALUE.test(value) && !value.includes('=?')) {
    const line = `${name}: ${value}`;
    return line.length < LINE ? line : foldLines(line, LINE);
  }
  return foldLines(`${name}: ${MimeNode.encodeHeaderValue(name, value)}`, LINE);
}

/** Subjects and senders are few: one of each that members choose from, in each language. */
const encoded = new ComputedOnce<string>(500);

function encodedOnce(name: 'From' | 'Subject', text: string, address: string): string {
  return encoded.get(`${name}\0${text}\0${address}`, () =>
    header(name, name === 'From' ? { name: text, address } : text),
  );
}

/** One part with its headers. @param type such as `text/plain` */
function part(type: string, content: string): string {
  const text = content.replace(/\r\n|\r|\n/g, '\r\n');
  const [encoding, body] = encodedBody(text);
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
}

function encodedBody(text: string): [encoding: string, body: string] {
  // One for each character outside ASCII, or more.
  const extraBytes = Buffer.byteLength(text) - text.length;
  if (extraBytes === 0 && !CONTROL.test(text) && !LONG_LINE.test(text)) return ['7bit', text];
  // Base64 is illegible, and for Latin scripts also longer.
  return extraBytes * 2 > text.length
    ? ['base64', wrapBase64(encodeBase64(text))]
    : ['quoted-printable', wrapPrintable(encodePrintable(text))];
}
