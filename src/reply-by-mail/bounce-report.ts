import { escapeRegExp } from '../content/escape.js';
import { readRefusal, refusalKey, type Refusal } from '../mail/refusals.js';
import type { BounceKind } from '../mail/suppressions.js';
import { readPlainBounce, type RecipientReport } from './plain-bounce.js';

export interface BounceReport {
  /** Tag of the email, as in `bounce+<mark>@…`. */
  readonly mark: string;
  readonly kind: BounceKind;
  /** From the report, such as 5.1.1. */
  readonly code: string | null;
  /** See `refusalKey`; null for a complaint, or if unknown. */
  readonly refusal: string | null;
  /** Domain of the recipient, in lower case; null if the report does not contain it. */
  readonly domain: string | null;
}

const STATUS_TYPES = ['message/delivery-status', 'message/global-delivery-status'];
const ARRIVED = ['delivered', 'relayed', 'expanded'];
const KINDS = { mailbox: 'hard', passing: 'soft', sender: 'sender' } as const;

/**
 * Parses a delivery status notification (RFC 3464, RFC 6533, and the formats of qmail and older
 * Exim) or a complaint (RFC 5965) from a mail server.
 * @param raw text, or bytes if the charset matters
 * @param address value of MAIL_BOUNCE_ADDRESS
 * @returns null for any other email, for a report of a delay or delivery, and for one that contains
 *   no tag of ours
 */
export async function readReport(
  raw: string | Buffer,
  address: string,
): Promise<BounceReport | null> {
  const mark = markIn(raw.toString('latin1'), address);
  if (mark === null) return null;
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
  });
  const parts = mail.attachments.map(({ contentType, content }) => ({
    type: contentType.toLowerCase(),
    text: content.toString('utf8').replaceAll('\r\n', '\n'),
  }));
  const complaint = parts.find(({ type }) => type === 'message/feedback-report');
  if (complaint !== undefined) return readComplaint(mark, complaint.text);
  const status = parts.find(({ type }) => STATUS_TYPES.includes(type));
  const prose = (mail.text ?? '').replaceAll('\r\n', '\n');
  const recipients =
    status === undefined ? readPlainBounce(prose) : readDeliveryStatus(status.text, prose);
  return summarise(mark, recipients);
}

function markIn(raw: string, address: string): string | null {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  const pattern = `${escapeRegExp(local)}\\+([0-9a-f]{32})(@|=40)${escapeRegExp(domain)}`;
  return new RegExp(pattern, 'i').exec(raw)?.[1]?.toLowerCase() ?? null;
}

function readComplaint(mark: string, text: string): BounceReport | null {
  const type = fieldsOf(text).get('feedback-type') ?? null;
  if (type === 'not-spam') return null;
  return { mark, kind: 'complaint', code: type, refusal: null, domain: null };
}

/** Groups of fields separated by blank lines: one about the message, then one per recipient. */
function readDeliveryStatus(text: string, prose: string): RecipientReport[] {
  return text
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('action'))
    .map((fields) => {
      const recipient = addressIn(
        fields.get('final-recipient') ?? fields.get('original-recipient'),
      );
      return {
        recipient,
        action: /^[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0] ?? '',
        status: fields.get('status') ?? null,
        // OpenSMTPD always writes 5.0.0, and the reason only in the human-readable part.
        diagnostic: fields.get('diagnostic-code') ?? reasonInProse(prose, recipient),
      };
    });
}

/** Parses unfolded, header-like fields by lower-case name; the first one of a name counts. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || fields.has(name.toLowerCase())) continue;
    fields.set(name.toLowerCase(), (value ?? '').trim());
  }
  return fields;
}

function addressIn(field: string | undefined): string {
  return (field ?? '')
    .replace(/^[\w-]+\s*;/, '')
    .replace(/[<>]/g, '')
    .trim()
    .toLowerCase();
}

function reasonInProse(prose: string, recipient: string): string | null {
  if (recipient === '') return null;
  const pattern = new RegExp(`^[ \\t<]*${escapeRegExp(recipient)}>?:[ \\t]*(.+)$`, 'im');
  return pattern.exec(prose)?.[1] ?? null;
}

/**
 * The most serious failure counts. If the email was delivered to one recipient (an alias may have
 * several), or is only delayed for all of them, the mailbox is active.
 */
function summarise(mark: string, recipients: readonly RecipientReport[]): BounceReport | null {
  const failed = recipients
    .filter(({ action }) => action === 'failed')
    .map((each) => ({ ...each, refusal: readRefusal(each.diagnostic, each.status) }));
  const worst = (cause: Refusal['cause']) => failed.find(({ refusal }) => refusal.cause === cause);
  const found = worst('mailbox') ?? worst('passing') ?? worst('sender');
  if (found === undefined) return null;
  const arrived = recipients.some(({ action }) => ARRIVED.includes(action));
  const domain = found.recipient.split('@')[1] ?? '';
  const kind = KINDS[found.refusal.cause];
  return {
    mark,
    kind: kind === 'hard' && arrived ? 'soft' : kind,
    code: found.refusal.code,
    refusal: refusalKey(found.diagnostic, found.refusal),
    domain: domain === '' ? null : domain,
  };
}
