import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { checkMailDomain, domainOf, type DomainSettings, type TxtLookup } from './domain-check.js';

const folder = mkdtempSync(join(tmpdir(), 'sameboat-dkim-'));
const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const file = join(folder, 'key.pem');
writeFileSync(file, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const published = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'der' }).toString('base64');

const settings: DomainSettings = {
  MAIL_FROM: 'Messages <hello@boat.example>',
  DKIM_DOMAIN: 'boat.example',
  DKIM_SELECTOR: 'sameboat',
  DKIM_PRIVATE_KEY_FILE: file,
};
const GOOD: Record<string, string[]> = {
  'boat.example': ['some-site-verification=1', 'v=spf1 include:_spf.host.example -all'],
  'sameboat._domainkey.boat.example': [`v=DKIM1; k=rsa; p=${published(keys.publicKey)}`],
  '_dmarc.boat.example': ['v=DMARC1; p=quarantine; rua=mailto:dmarc@boat.example'],
};

function zone(changed: Record<string, string[] | Error> = {}): TxtLookup {
  const all: Record<string, string[] | Error> = { ...GOOD, ...changed };
  return (name) => {
    const found = all[name] ?? Object.assign(new Error(name), { code: 'ENOTFOUND' });
    return found instanceof Error
      ? Promise.reject(found)
      : // DNS splits long records into strings of 255 bytes.
        Promise.resolve(found.map((text) => text.match(/.{1,255}/g) ?? []));
  };
}

async function says(
  changed: Record<string, string[] | Error>,
  other: Partial<DomainSettings> = {},
): Promise<Record<string, string>> {
  const found = await checkMailDomain({ ...settings, ...other }, zone(changed));
  const messages = new Messages();
  for (const { about, says: key } of found)
    expect(messages.keys('en')).toContain(`administration.mail-check.${about}.${key}`);
  return Object.fromEntries(found.map(({ about, says: key }) => [about, key]));
}

describe('checkMailDomain', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('accepts a domain that receivers accept', async () => {
    const found = await checkMailDomain(settings, zone());
    expect(found.map(({ good }) => good)).toEqual([true, true, true]);
    expect(await says({})).toEqual({ spf: 'good', dkim: 'good', dmarc: 'quarantine' });
  });

  it.each([
    ['missing', []],
    ['double', ['v=spf1 -all', 'v=spf1 mx ~all']],
    ['all', ['v=spf1 mx +all']],
    ['all', ['v=spf1 all']],
    ['open', ['v=spf1 mx']],
    ['open', ['v=spf1 mx ?all']],
    ['good', ['v=spf1 redirect=_spf.host.example']],
    ['long', [`v=spf1 ${'include:a.example '.repeat(11)}-all`]],
    ['missing', ['v=spf10 -all']],
  ])('SPF: %s', async (expected, records) => {
    expect((await says({ 'boat.example': records })).spf).toBe(expected);
  });

  it('checks SPF at the domain that bounces go to', async () => {
    const bounces = { MAIL_BOUNCE_ADDRESS: 'bounce@mail.boat.example' };
    expect((await says({}, bounces)).spf).toBe('missing');
    expect((await says({ 'mail.boat.example': ['v=spf1 mx -all'] }, bounces)).spf).toBe('good');
  });

  it("DKIM: no key, a revoked key, another key, another domain's key, no signature", async () => {
    const name = 'sameboat._domainkey.boat.example';
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey;
    expect((await says({ [name]: [] })).dkim).toBe('missing');
    expect((await says({ [name]: ['v=DKIM1; p='] })).dkim).toBe('revoked');
    expect((await says({ [name]: [`v=DKIM1; p=${published(other)}`] })).dkim).toBe('other');
    expect(
      (
        await says(
          { 'sameboat._domainkey.host.example': GOOD[name] ?? [] },
          { DKIM_DOMAIN: 'host.example' },
        )
      ).dkim,
    ).toBe('unaligned');
    expect((await says({}, { DKIM_DOMAIN: undefined })).dkim).toBe('unsigned');
  });

  it('DKIM: an Ed25519 key, which is published without a structure', async () => {
    const pair = generateKeyPairSync('ed25519');
    const pem = join(folder, 'ed25519.pem');
    writeFileSync(pem, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const bare = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    const name = 'sameboat._domainkey.boat.example';
    const record = `v=DKIM1; k=ed25519; p=${bare.toString('base64')}`;
    expect((await says({ [name]: [record] }, { DKIM_PRIVATE_KEY_FILE: pem })).dkim).toBe('good');
  });

  it.each([
    ['missing', []],
    ['none', ['v=DMARC1; p=none']],
    ['reject', ['v=DMARC1; p=reject']],
    ['faulty', ['v=DMARC1; rua=mailto:a@boat.example']],
    ['double', ['v=DMARC1; p=none', 'v=DMARC1; p=reject']],
  ])('DMARC: %s', async (expected, records) => {
    expect((await says({ '_dmarc.boat.example': records })).dmarc).toBe(expected);
  });

  it('finds DMARC at the parent domain', async () => {
    const from = { MAIL_FROM: 'hello@mail.boat.example' };
    expect((await says({ 'mail.boat.example': ['v=spf1 -all'] }, from)).dmarc).toBe('quarantine');
  });

  it('makes no query for a local machine', async () => {
    const nobody: TxtLookup = () => Promise.reject(new Error('asked'));
    const found = await checkMailDomain({ ...settings, MAIL_FROM: 'hello@localhost' }, nobody);
    expect(found).toEqual([{ about: 'spf', good: false, says: 'local', name: 'localhost' }]);
  });

  it('does not report a record as missing if the name server does not answer', async () => {
    const away = Object.assign(new Error('away'), { code: 'ETIMEOUT' });
    const all = Object.fromEntries(Object.keys(GOOD).map((name) => [name, away]));
    expect(await says(all)).toEqual({ spf: 'unknown', dkim: 'unknown', dmarc: 'unknown' });
  });

  it('reads the domain of an address in all common notations', () => {
    expect(domainOf('Messages <hello@Boat.Example>')).toBe('boat.example');
    expect(domainOf('hello@boat.example')).toBe('boat.example');
  });
});
