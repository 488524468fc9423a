/**
 * The cause of a rejection by the recipient's server: `mailbox` if the address does not exist or
 * was closed permanently, `passing` if it may be temporary (full, busy, too large, or no reason
 * given), `sender` if it concerns this server or its settings (DNS, block list, policy),
 * for any recipient.
 */
export type RefusalCause = 'mailbox' | 'passing' | 'sender';

export interface Refusal {
  readonly cause: RefusalCause;
  /** The decisive enhanced status code (RFC 3463), such as `5.1.1`; null if there is none. */
  readonly code: string | null;
}

/** Maximum number of characters that are parsed. */
const MAX_LENGTH = 2_000;
const CODE = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const REPLY = /(?<!\d)([45]\d\d)(?=[ -]|$)/;

const WHO = '(?:user|recipient|address|account|mailbox|addressee|person)';

/**
 * Wordings of servers, matched in this order: a wrong `sender` or `passing` does not suppress
 * anybody's email.
 */
const PROSE: readonly (readonly [RefusalCause, RegExp])[] = [
  [
    'sender',
    new RegExp(
      [
        'block(?:ed|ing)?[ -]?(?:list|using|by|because|due)|(?:black|deny|block)-?list|\\brbl\\b',
        'dnsbl|\\blisted (?:by|at|in|on)\\b|client host .{0,60}(?:blocked|rejected)',
        '\\b(?:ip|server|network|domain|host|sender|client)\\b.{0,40}\\bblocked\\b',
        'sender (?:address|domain|verify|verification|id)\\b.{0,40}(?:reject|fail|invalid|denied)',
        'sender (?:rejected|denied|not allowed)|cannot verify sender|invalid sender',
        '\\b(?:spf|dkim|dmarc|ptr|rdns)\\b|reverse (?:dns|lookup)|unauthenticated',
        'relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))|unable to relay',
        "isn't in my list of allowed rcpthosts|helo|ehlo",
        'reputation|\\bspam\\b|unsolicited|junk mail|too many (?:messages|connections|recipients)',
        'rate limit|\\bpolicy\\b|content rejected|message (?:rejected|refused|blocked)',
      ].join('|'),
      'i',
    ),
  ],
  [
    'passing',
    new RegExp(
      [
        'quota|mailbox (?:is )?(?:over)?full|mailbox size|insufficient (?:system )?(?:storage|disk)',
        'inbox (?:is )?full|out of (?:storage|space)|no space left',
        'exceed(?:s|ed)? .{0,30}(?:size|storage)',
        'too (?:large|big)|at a rate that|temporar(?:y|ily)|try again later|greylist',
        'timed? ?out|connection refused|expired|could not connect',
      ].join('|'),
      'i',
    ),
  ],
  [
    'mailbox',
    new RegExp(
      [
        `${WHO}\\b.{0,40}(?:unknown|not (?:found|exist)|does ?n[o']t exist)`,
        `(?:unknown|invalid|no such|non-?existent) .{0,20}${WHO}`,
        "no mailbox (?:here|by)|doesn't have a .{0,30}account",
        'that you tried to reach (?:does not|is (?:disabled|inactive))',
        `${WHO} .{0,30}(?:disabled|deactivated|inactive|closed|discontinued|no longer)`,
        'mailbox unavailable|recipient (?:address )?rejected|not a (?:known|valid) (?:user|mailbox)',
        'host or domain name not found|unrouteable (?:address|mail domain)',
        'domain (?:not found|does not exist)',
        'null ?mx|does not accept mail|recipientnotfound|does not like recipient',
      ].join('|'),
      'i',
    ),
  ],
];

/**
 * Classifies a rejection: first by the text and codes of the rejecting server, then by the enhanced
 * status of the reporting one. A class alone (`5.0.0`, 550) is inconclusive, and anything
 * inconclusive counts as temporary.
 * @param diagnostic text of the rejecting server; null if unknown
 * @param status from the report, such as `5.0.0` (RFC 3464, 2.3.4)
 */
export function readRefusal(diagnostic: string | null, status: string | null): Refusal {
  const diagnosticText = (diagnostic ?? '').slice(0, MAX_LENGTH);
  const own = CODE.exec(diagnosticText)?.[1] ?? null;
  const reported = CODE.exec(status ?? '')?.[1] ?? null;
  const code = own !== null && isSpecific(own) ? own : (reported ?? own);
  // A 4xx reply that was repeated until the email expired does not mean a permanent failure.
  if (
    own?.startsWith('4') === true ||
    (own === null && REPLY.exec(diagnosticText)?.[1]?.startsWith('4'))
  )
    return { cause: 'passing', code };
  const cause =
    (own === null ? null : causeOf(own, diagnosticText)) ??
    causeOfWords(diagnosticText) ??
    (reported === null ? null : causeOf(reported, ''));
  return { cause: cause ?? 'passing', code };
}

/**
 * A key that is equal for rejections with the same meaning: the code, or else the text without
 * addresses, host names and numbers. Reveals nothing about the recipient.
 */
export function refusalKey(diagnostic: string | null, { code }: Refusal): string {
  if (code !== null && isSpecific(code)) return code;
  const words = plainWords((diagnostic ?? '').slice(0, MAX_LENGTH))
    .replace(/\S*\d\S*/g, ' ')
    .replace(/[^\p{L} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
  return words === '' ? (code ?? 'none') : words;
}

function isSpecific(code: string): boolean {
  return !/^\d\.[05]\.0$/.test(code);
}

// RFC 3463, 3; the text with a code distinguishes the meanings that servers use it for.
function causeOf(code: string, said: string): RefusalCause | null {
  if (code.startsWith('4')) return 'passing';
  const words = causeOfWords(said);
  if (/^5\.1\.[78]$|^5\.7\.\d+$/.test(code)) return 'sender';
  if (/^5\.1\.(?:1|2|3|6|10)$|^5\.4\.4$/.test(code)) return words === 'sender' ? words : 'mailbox';
  if (code === '5.2.1') return words ?? 'mailbox';
  if (/^5\.(?:1\.0|4\.1|[05]\.\d+)$/.test(code)) return words;
  return words === 'sender' ? words : 'passing';
}

function causeOfWords(said: string): RefusalCause | null {
  const words = plainWords(said);
  return PROSE.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** Removes addresses and links: a name within them is not the server's own text. */
function plainWords(said: string): string {
  return said
    .replace(/https?:\/\/\S+/gi, ' ')
    .replace(/<[^<>\s]*>/g, ' ')
    .replace(/\S+@\S+/g, ' ')
    .replace(/\s+/g, ' ');
}
