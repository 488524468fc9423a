/** A report about one recipient. */
export interface RecipientReport {
  /** In lower case; empty if the report does not contain it. */
  readonly recipient: string;
  /** As in RFC 3464, 2.3.3. */
  readonly action: string;
  readonly status: string | null;
  /** The rejecting server's text. */
  readonly diagnostic: string | null;
}

/** Maximum number of lines that are read; the returned email follows them. */
const MAX_LINES = 400;
/** qmail (QSBMF): one paragraph per recipient, with the address on its own line. */
const QMAIL = /^Hi\. This is (?:the )?.{0,200}(?:program|server|mailer)/is;
const QMAIL_END = /^--- Below this line/m;
/** Exim before 4.84. */
const EXIM = /^This message was created automatically by mail delivery software/m;
const EXIM_END = /^-{4,} This is a copy of /m;
const EXIM_FAILED = /could not be delivered to one or more of its\s+recipients/i;

/**
 * Parses the recipients of a report without a machine-readable part, as written by qmail and older
 * Exim.
 * @returns an empty list for any other email, and for a report of a delay
 */
export function readPlainBounce(text: string): RecipientReport[] {
  const body = text.trimStart();
  if (QMAIL.test(body)) return readQmail(before(body, QMAIL_END));
  if (EXIM.test(body)) return readExim(before(body, EXIM_END));
  return [];
}

function before(text: string, end: RegExp): string {
  const found = end.exec(text);
  return text
    .slice(0, found?.index ?? text.length)
    .split('\n')
    .slice(0, MAX_LINES)
    .join('\n');
}

function readQmail(text: string): RecipientReport[] {
  return text.split(/\n[ \t]*\n/).flatMap((paragraph) => {
    const [first = '', ...rest] = paragraph.trim().split('\n');
    const recipient = /^<([^<>\s]+@[^<>\s]+)>:$/.exec(first.trim())?.[1];
    return recipient === undefined ? [] : [failure(recipient, rest)];
  });
}

function readExim(text: string): RecipientReport[] {
  if (!EXIM_FAILED.test(text)) return [];
  const reports: { recipient: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const recipient = /^ {2}(\S+@[^\s:]+):?$/.exec(line)?.[1];
    if (recipient !== undefined) reports.push({ recipient, lines: [] });
    else if (/^ {3,}\S/.test(line)) reports.at(-1)?.lines.push(line.trim());
  }
  return reports.map(({ recipient, lines }) => failure(recipient, lines));
}

function failure(recipient: string, lines: readonly string[]): RecipientReport {
  const diagnostic = lines.join(' ');
  return { recipient: recipient.toLowerCase(), action: 'failed', status: null, diagnostic };
}
