import { createPublicKey, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../kernel/config.js';

/** Looks up TXT records, each as a list of strings, like `dns.promises.resolveTxt`. */
export type TxtLookup = (name: string) => Promise<string[][]>;

export interface DomainFinding {
  readonly about: 'spf' | 'dkim' | 'dmarc';
  readonly good: boolean;
  /** Suffix of a message key, `administration.mail-check.<about>.<says>`. */
  readonly says: string;
  /** The name of the record. */
  readonly name: string;
}

export type DomainSettings = Pick<
  Config,
  'MAIL_FROM' | 'MAIL_BOUNCE_ADDRESS' | 'DKIM_DOMAIN' | 'DKIM_SELECTOR' | 'DKIM_PRIVATE_KEY_FILE'
>;

/**
 * Checks what receiving servers check: SPF (RFC 7208) of the domain that bounces go to, DKIM (RFC
 * 6376) with the configured key, and DMARC (RFC 7489) with both aligned to the sender's domain.
 */
export async function checkMailDomain(
  settings: DomainSettings,
  lookup: TxtLookup,
): Promise<DomainFinding[]> {
  const from = domainOf(settings.MAIL_FROM);
  // A local name: no public name server knows it.
  if (!from.includes('.')) return [{ about: 'spf', good: false, says: 'local', name: from }];
  const bounces =
    settings.MAIL_BOUNCE_ADDRESS === undefined ? from : domainOf(settings.MAIL_BOUNCE_ADDRESS);
  return [
    await checkSpf(bounces, lookup),
    await checkDkim(settings, from, lookup),
    await checkDmarc(from, lookup),
  ];
}

/** The domain of an address, with or without a display name. */
export function domainOf(address: string): string {
  return (/@([^\s@>]+)/.exec(address)?.[1] ?? '').toLowerCase().replace(/\.$/, '');
}

async function checkSpf(name: string, lookup: TxtLookup): Promise<DomainFinding> {
  const spfRecords = await records(name, lookup, /^v=spf1(\s|$)/i);
  const says = spfRecords === null ? 'unknown' : spfSays(spfRecords);
  return { about: 'spf', good: says === 'good', says, name };
}

function spfSays(spfRecords: readonly string[]): string {
  const [record, second] = spfRecords;
  if (record === undefined) return 'missing';
  // Receivers treat two records as an error (RFC 7208, 4.5).
  if (second !== undefined) return 'double';
  const terms = record.toLowerCase().split(/\s+/).slice(1);
  if (terms.some((term) => term === 'all' || term === '+all')) return 'all';
  const ends = terms.some((term) => /^[-~]all$/.test(term) || term.startsWith('redirect='));
  if (!ends) return 'open';
  const lookups = terms.filter((term) =>
    /^[+?~-]?(include:|a([:/]|$)|mx([:/]|$)|ptr|exists:)|^redirect=/.test(term),
  );
  return lookups.length > 10 ? 'long' : 'good';
}

async function checkDkim(
  settings: DomainSettings,
  from: string,
  lookup: TxtLookup,
): Promise<DomainFinding> {
  const domain = settings.DKIM_DOMAIN?.toLowerCase();
  if (domain === undefined || settings.DKIM_PRIVATE_KEY_FILE === undefined)
    return { about: 'dkim', good: false, says: 'unsigned', name: from };
  const name = `${settings.DKIM_SELECTOR}._domainkey.${domain}`;
  const dkimRecords = await records(name, lookup, /(^|;)\s*p=/i);
  const says =
    dkimRecords === null
      ? 'unknown'
      : dkimSays(
          dkimRecords[0],
          publicKeyOf(settings.DKIM_PRIVATE_KEY_FILE),
          isWithin(from, domain),
        );
  return { about: 'dkim', good: says === 'good', says, name };
}

function dkimSays(record: string | undefined, own: Buffer, aligned: boolean): string {
  if (record === undefined) return 'missing';
  const published = /(?:^|;)\s*p=([A-Za-z0-9+/=\s]*)/.exec(record)?.[1]?.replace(/\s/g, '') ?? '';
  if (published === '') return 'revoked';
  if (!sameKey(Buffer.from(published, 'base64'), own)) return 'other';
  return aligned ? 'good' : 'unaligned';
}

/** Ed25519 keys are published as raw bytes (RFC 8463), RSA keys as a DER structure. */
function sameKey(published: Buffer, own: Buffer): boolean {
  return published.equals(own) || (published.length === 32 && own.subarray(-32).equals(published));
}

function publicKeyOf(file: string): Buffer {
  const key = createPublicKey(createPrivateKey(readFileSync(file)));
  return key.export({ type: 'spki', format: 'der' });
}

/** Looks up the domain's own record, or else that of a parent domain. */
async function checkDmarc(from: string, lookup: TxtLookup): Promise<DomainFinding> {
  let unknown = false;
  for (let domain = from; domain.includes('.'); domain = domain.slice(domain.indexOf('.') + 1)) {
    const name = `_dmarc.${domain}`;
    const dmarcRecords = await records(name, lookup, /^v=DMARC1\s*(;|$)/i);
    unknown ||= dmarcRecords === null;
    if (dmarcRecords?.[0] === undefined) continue;
    const policy = /;\s*p=\s*(none|quarantine|reject)/i.exec(dmarcRecords[0])?.[1]?.toLowerCase();
    const says = dmarcRecords.length > 1 ? 'double' : policy === undefined ? 'faulty' : policy;
    return { about: 'dmarc', good: ['quarantine', 'reject'].includes(says), says, name };
  }
  const says = unknown ? 'unknown' : 'missing';
  return { about: 'dmarc', good: false, says, name: `_dmarc.${from}` };
}

/** @returns the records of the kind; null if the name server does not answer */
async function records(
  name: string,
  lookup: TxtLookup,
  kind: RegExp,
): Promise<readonly string[] | null> {
  try {
    return (await lookup(name)).map((pieces) => pieces.join('')).filter((text) => kind.test(text));
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : null;
  }
}

/** Whether receivers consider two domains aligned (relaxed alignment). */
function isWithin(from: string, signing: string): boolean {
  return from === signing || from.endsWith(`.${signing}`) || signing.endsWith(`.${from}`);
}
