import { escapeRegExp } from '../content/escape.js';
import type { Bounce } from '../mail/suppressions.js';

export interface BounceReport {
  readonly mark: string;
  readonly kind: Bounce;
  /** As the report has it, such as 5.1.1. */
  readonly code: string | null;
}

const field = (text: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(text)?.[1]?.trim() ?? null;

/**
 * 5.1 and 5.2.1 are about an address that is not there or closed; a full mailbox, a size or a
 * policy may be different tomorrow.
 */
export function kindOfStatus(status: string): Bounce {
  return /^5\.(0\.0|1\.\d+|2\.1|4\.4)$/.test(status) ? 'hard' : 'soft';
}

/**
 * Reads a delivery report (RFC 3464) or a complaint (RFC 5965) as a mail server hands it over.
 * @param address as MAIL_BOUNCE_ADDRESS @returns null for a mail that is neither, or that names
 *   none of ours
 */
export async function readReport(raw: string, address: string): Promise<BounceReport | null> {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  const mark = new RegExp(
    `${escapeRegExp(local)}\\+([0-9a-f]{32})(@|=40)${escapeRegExp(domain)}`,
    'i',
  )
    .exec(raw)?.[1]
    ?.toLowerCase();
  if (mark === undefined) return null;
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
  });
  for (const { contentType, content } of mail.attachments) {
    const text = content.toString('utf8');
    if (contentType === 'message/feedback-report')
      return field(text, 'Feedback-Type') === 'not-spam'
        ? null
        : { mark, kind: 'complaint', code: field(text, 'Feedback-Type') };
    if (contentType !== 'message/delivery-status') continue;
    const action = field(text, 'Action')?.toLowerCase();
    const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field(text, 'Status') ?? '')?.[0] ?? null;
    // What is delivered, passed on or only late is no bounce: a report of the end follows.
    if (action !== 'failed' || status === null) return null;
    return { mark, kind: kindOfStatus(status), code: status };
  }
  return null;
}
