import { describe, expect, it } from '@jest/globals';
import { HANDLE } from '../accounts/handles.js';
import { handleCandidates } from './handle-choice.js';

describe('a handle for an old name', () => {
  const first = (name: string, email: string | null = null): string =>
    handleCandidates(name, email)[0] ?? '';

  it('is the name itself if it is valid', () => {
    for (const name of ['kettle', 'Blue-Heron', 'rainyday84']) expect(first(name)).toBe(name);
  });

  it('is similar to an invalid name', () => {
    expect(first('blue_heron')).toBe('blue-heron');
    expect(first('  Zoë Ålvik ')).toBe('Zoe-Alvik');
    expect(first('42cats')).toBe('cats');
    expect(first('a-name-that-is-much-longer-than-any')).toBe('a-name-that-is-much-long');
    expect(first('café__noir--')).toBe('cafe-noir');
  });

  it('is two plain words if nothing of the name can be used', () => {
    const words = /^[a-z]+-[a-z]+\d\d$/;
    for (const name of ['admin', 'Moderator 2', 'Кот', 'ab', '', '!!!'])
      expect(first(name)).toMatch(words);
    expect(first('greta.field', 'greta.field@post.example.edu')).toMatch(words);
    expect(first('heron', 'greta.field@post.example.edu')).toBe('heron');
  });

  it('is free for each of very many people whose names cannot be used', () => {
    const taken = new Set<string>();
    for (let person = 0; person < 60_000; person += 1) {
      const free = handleCandidates('', null).find((handle) => !taken.has(handle));
      if (free === undefined) throw new Error('no handle was free');
      taken.add(free);
    }
    expect(taken.size).toBe(60_000);
  });

  it('has valid alternatives', () => {
    for (const name of ['kettle', 'a-name-that-is-much-longer-than-any', 'Кот']) {
      const all = handleCandidates(name, null);
      expect(new Set(all).size).toBeGreaterThan(3);
      for (const handle of all) expect(handle).toMatch(HANDLE);
    }
  });
});
