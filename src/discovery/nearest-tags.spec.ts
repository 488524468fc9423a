import { describe, expect, it } from '@jest/globals';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { nearestTags } from './nearest-tags.js';

describe('nearest tags', () => {
  it('are known tags, for every difficulty and situation', () => {
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

  it('combine those of all requested tags, without duplicates', () => {
    expect(nearestTags({ difficulties: ['panic'], situations: ['student'] })).toEqual({
      difficulties: ['anxiety', 'panic'],
      situations: ['young', 'student'],
    });
    expect(nearestTags({ difficulties: [], situations: [] })).toEqual({
      difficulties: [],
      situations: [],
    });
  });
});
