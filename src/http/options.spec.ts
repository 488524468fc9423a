import { describe, expect, it } from '@jest/globals';
import { selectOptions, tickOptions } from './options.js';

const label = (value: string): string => value.toUpperCase();

describe('options of a form', () => {
  it('select the one chosen value', () => {
    expect(selectOptions(['a', 'b'], 'b', label)).toEqual([
      { value: 'a', label: 'A', selected: false },
      { value: 'b', label: 'B', selected: true },
    ]);
  });

  it.each([null, undefined, '', 'c', 'ab'])('select none for %j', (chosen) => {
    expect(selectOptions(['a', 'b'], chosen, label).map(({ selected }) => selected)).toEqual([
      false,
      false,
    ]);
  });

  it('select the empty value if it is chosen', () => {
    expect(selectOptions(['', 'a'], '', label).map(({ selected }) => selected)).toEqual([
      true,
      false,
    ]);
  });

  it('tick every value of a list, and have a hint only if there is one', () => {
    expect(tickOptions(['a', 'b', 'c'], ['a', 'c'], label)).toEqual([
      { value: 'a', label: 'A', checked: true },
      { value: 'b', label: 'B', checked: false },
      { value: 'c', label: 'C', checked: true },
    ]);
    expect(tickOptions(['a'], 'a', label, (value) => `about ${value}`)).toEqual([
      { value: 'a', label: 'A', hint: 'about a', checked: true },
    ]);
  });
});
