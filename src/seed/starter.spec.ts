import { describe, expect, it } from '@jest/globals';
import { readPack } from '../coping-strategies/packs/pack-format.js';
import { KINDS, NEEDS } from '../coping-strategies/core/vocabulary.js';
import { starterLanguages, starterPack, translatedStarter } from './starter.js';

describe('the starter pack', () => {
  const { pack } = readPack(starterPack());
  const strategies = pack?.strategies ?? [];

  it('is valid, large enough, and under an open licence', () => {
    expect(pack?.pack.licence).toBe('CC-BY-4.0');
    expect(strategies.length).toBeGreaterThanOrEqual(44);
    for (const { licence } of strategies) expect(licence).toBe('CC-BY-4.0');
  });

  it('names a public source for every idea', () => {
    for (const { origin, source } of strategies) {
      expect(['charity', 'clinical']).toContain(origin);
      expect(source.name.length).toBeGreaterThan(3);
      expect(source.url).toMatch(/^https:\/\//);
    }
  });

  it('covers every need and kind', () => {
    for (const need of NEEDS)
      expect([need, strategies.filter(({ needs }) => needs.includes(need)).length >= 2]).toEqual([
        need,
        true,
      ]);
    for (const kind of KINDS)
      expect([kind, strategies.some(({ kinds }) => kinds.includes(kind))]).toEqual([kind, true]);
    expect(strategies.filter(({ minutes }) => minutes <= 5).length).toBeGreaterThan(15);
  });

  it('can be followed in distress: short steps, when it fits and when not', () => {
    for (const { id, steps, fits, fitsNot, places, times } of strategies) {
      expect([
        id,
        steps.length >= 3 && steps.length <= 6 && steps.every((step) => step.length <= 120),
      ]).toEqual([id, true]);
      expect([
        id,
        fits.length > 10 && fitsNot.length > 10 && places.length > 0 && times.length > 0,
      ]).toEqual([id, true]);
    }
  });

  it('never shouts, blames or promises', () => {
    expect(starterPack()).not.toMatch(
      /!|commit(ted)? suicide|\b(cure|guarantee|always works|you must|oops)\b/i,
    );
  });
});

describe('the starter pack in another language', () => {
  const english = readPack(starterPack()).pack?.strategies ?? [];

  it('exists in Spanish', () => {
    expect(starterLanguages()).toContain('es');
  });

  it.each(starterLanguages())('%s: is a sound pack of translations, none missing', (language) => {
    const { pack, faults } = readPack(translatedStarter(language));
    expect(faults).toBeUndefined();
    const strategies = pack?.strategies ?? [];
    expect(strategies.map(({ translationOf }) => translationOf)).toEqual(
      english.map(({ id, version }) => ({ id, version })),
    );
    const addresses = [...english, ...strategies].map(({ slug }) => slug);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const [at, translated] of strategies.entries()) {
      const original = english[at];
      expect(translated.language).toBe(language);
      expect(translated.steps.length).toBe(original?.steps.length);
      expect(Math.max(...translated.steps.map((step) => step.length))).toBeLessThanOrEqual(120);
      for (const field of ['name', 'summary', 'fits', 'fitsNot'] as const)
        expect([translated.id, field, translated[field] === original?.[field]]).toEqual([
          translated.id,
          field,
          false,
        ]);
    }
    expect(JSON.stringify(strategies)).not.toMatch(/[!¡]/);
  });

  it('omits translations without their original', () => {
    const [first] = english;
    const { pack } = readPack(translatedStarter('es', (id) => id === first?.id));
    expect(pack?.strategies.map(({ translationOf }) => translationOf?.id)).toEqual([first?.id]);
  });
});
