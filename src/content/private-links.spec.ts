import { describe, expect, it } from '@jest/globals';
import { withoutPrivateLinks } from './private-links.js';

const BASE = 'https://boat.example';
const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIGEgdGVzdC4gMTIzNDU';
const MARK = '0123456789abcdef0123456789abcdef01234567';
const OUT = '[left out]';
const without = (text: string, baseUrl = BASE): string =>
  withoutPrivateLinks(text, { baseUrl }, OUT);

describe('private links', () => {
  it.each([
    `${BASE}/unsubscribe/${TOKEN}`,
    `${BASE}/reset/${TOKEN}`,
    `${BASE}/verify/${TOKEN}`,
    `${BASE}/settings/security/address/${TOKEN}`,
    `${BASE}/shared/${TOKEN}`,
    `${BASE}/notifications/17`,
    `${BASE}/digests/17`,
    `HTTPS://BOAT.EXAMPLE/Unsubscribe/${TOKEN}?x=1#y`,
    `http://boat.example:443//unsubscribe/${TOKEN}`,
    `boat.example/unsubscribe/${TOKEN}`,
    `boat.example./digests/17`,
    `https://name:word@boat.example/notifications/17`,
    `https://other.example/unsubscribe/${TOKEN}`,
    `/unsubscribe/${TOKEN}`,
    `https://safe.example/?url=https%3A%2F%2Fboat.example%2Funsubscribe%2F${TOKEN}&data=1`,
    `https://safe.example/?url=https%253A%252F%252Fboat.example%252Fdigests%252F17`,
    `${BASE}/%75nsubscribe/${TOKEN}`,
    `mailto:reply+${MARK}@boat.example`,
    `reply+${MARK}@boat.example`,
    `bounce+${MARK.slice(0, 32)}@boat.example`,
    `leave+${TOKEN}@boat.example`,
    TOKEN,
  ])('are removed: %s', (link) => {
    expect(without(link)).toBe(OUT);
    expect(without(`Before ${link}. After`)).toBe(`Before ${OUT}. After`);
    expect(without(`<${link}>`)).toBe(`<${OUT}>`);
    expect(without(`[my link](${link})!`)).toBe(`[my link](${OUT})!`);
    expect(without(`> ${link}\n> on`)).toBe(`> ${OUT}\n> on`);
  });

  it('are removed if a line break separates link and token', () => {
    expect(without(`${BASE}/unsubscribe/\n> ${TOKEN}`)).not.toContain(TOKEN);
  });

  it.each([
    `${BASE}/t/17#post-3`,
    `${BASE}/notifications`,
    `${BASE}/settings/notifications`,
    `${BASE}/help-now`,
    `${BASE}/strategies/count-the-lamps-on-the-way-home-from-the-station`,
    `${BASE}/go/quiet-lamp-4`,
    'https://other.example/notifications/17',
    'https://other.example/reset/password-help',
    `https://video.example/${TOKEN}`,
    'https://notboat.example/digests/17',
    'https://boat.example.org/digests/17',
    'Donaudampfschifffahrtsgesellschaftskapitaen',
    'I-Am-So-Very-Tired-Of-All-This-And-Yet-Here',
    'ann+lists@mail.example',
    'They said to /reset/ everything and verify/check it. 100% sure %zz.',
  ])('are not removed: %s', (text) => {
    expect(without(`See ${text} now`)).toBe(`See ${text} now`);
  });

  it('never make a text longer', () => {
    expect(
      withoutPrivateLinks('a.example/digests/1', { baseUrl: 'http://a.example' }, 'x'.repeat(40)),
    ).toBe('…');
  });

  it('are recognised if the site is in a subfolder of a host', () => {
    const base = 'https://host.example/boat';
    expect(without(`${base}/digests/4`, base)).toBe(OUT);
    expect(without('https://host.example/digests/4', base)).toBe('https://host.example/digests/4');
  });

  it('are recognised with a port, and again in the remaining text', () => {
    const once = without(`http://localhost:3000/digests/4 and ${TOKEN}`, 'http://localhost:3000');
    expect(once).toBe(`${OUT} and ${OUT}`);
    expect(without(once, 'http://localhost:3000')).toBe(once);
  });
});
