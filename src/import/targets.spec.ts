import { describe, expect, it } from '@jest/globals';
import { ImportFault } from './import-fault.js';
import { parseTargets, targetOf } from './targets.js';

describe('import targets', () => {
  it('are one community for everything, or one for each category', () => {
    const category = { id: '5', name: 'Sleep = rest' };
    expect(targetOf(parseTargets(['all']), category)?.slug).toBe('all');
    const targets = parseTargets(['sleep=5', 'work=7', 'work=Study', 'rest']);
    expect(targetOf(targets, category)?.slug).toBe('sleep');
    expect(targetOf(targets, { id: '9', name: 'Study' })?.slug).toBe('work');
    expect(targetOf(targets, { id: '7', name: 'Jobs' })?.slug).toBe('work');
    expect(targetOf(targets, { id: '8', name: 'Garden' })?.slug).toBe('rest');
    expect(targetOf(parseTargets(['sleep=Sleep = rest']), category)?.slug).toBe('sleep');
    expect(targetOf(parseTargets(['work=7']), category)).toBeNull();
  });

  it('are rejected if ambiguous', () => {
    for (const options of [
      [],
      ['No Slug'],
      ['sleep='],
      ['a-all', 'b-all'],
      ['sleep=5', 'work=5'],
      ['sleep', 'sleep=5'],
      ['sleep=5', 'sleep'],
    ])
      expect(() => parseTargets(options)).toThrow(ImportFault);
  });
});
