import { describe, expect, it } from '@jest/globals';
import { freeSlug, slugOf } from './slug.js';

const options = { prefix: 'strategy', longest: 20, reserved: ['pick'] };

describe('slugOf and freeSlug', () => {
  it.each([
    ['Name five things', 'name-five-things'],
    ['  Día tranquilo…  ', 'dia-tranquilo'],
    ['Don’t go it alone', 'dont-go-it-alone'],
    ['A walk round the whole block', 'a-walk-round-the-who'],
    ['A walk round the bl and on', 'a-walk-round-the-bl'],
    ['呼吸', 'strategy'],
    ['Ä', 'strategy-a'],
    ['Pick', 'strategy-pick'],
  ])('turn %s into %s', (name, slug) => {
    expect(slugOf(name, options)).toBe(slug);
  });

  it('use another suffix if numbers are unsuitable', () => {
    expect(freeSlug('walk', ['walk', 'walk-a2'], (attempt) => `a${attempt}`)).toBe('walk-a3');
  });

  it('use the lowest free number', () => {
    expect(freeSlug('walk', [])).toBe('walk');
    expect(freeSlug('walk', ['walk-2'])).toBe('walk');
    expect(freeSlug('walk', ['walk', 'walk-2', 'walk-4'])).toBe('walk-3');
  });
});
