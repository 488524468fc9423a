import { describe, expect, it } from '@jest/globals';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { nearestTags } from './nearest-tags.js';

describe('the tags nearest to another', () => {
  it('are known ones, for every difficulty and every situation', () => {
    const near = [
      ...DIFFICULTIES.map((tag) => nearestTags({ difficulties: [tag], situations: [] })),
      ...SITUATIONS.map((tag) => nearestTags({ difficulties: [], situations: [tag] })),
    ];
    for (const { difficulties, situations } of near) {
      expect(difficulties.length + situations.length).toBeGreaterThan(0);
      for (const tag of difficulties) expect(DIFFICULTIES).toContain(tag);
      for (const tag of situations) expect(SITUATIONS).toContain(tag);
    }
  });

  it('are those of all that was asked for, each once', () => {
    expect(nearestTags({ difficulties: ['panic'], situations: ['student'] })).toEqual({
      difficulties: ['anxiety'],
      situations: ['young'],
    });
    expect(nearestTags({ difficulties: [], situations: [] })).toEqual({
      difficulties: [],
      situations: [],
    });
  });
});
