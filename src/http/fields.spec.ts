import { describe, expect, it } from '@jest/globals';
import { IsArray, IsBoolean, IsInt, IsOptional } from 'class-validator';
import { Checkbox, Lines, WholeNumber } from './fields.js';
import { readForm } from './form.js';

class Fields {
  @Checkbox() @IsBoolean() agreed = false;
  @WholeNumber() @IsInt({ message: 'x.number' }) minutes = 5;
  @WholeNumber({ optional: true }) @IsOptional() @IsInt({ message: 'x.number' }) level?: number;
  @Lines((line) => line.replace(/^- /, '')) @IsArray() steps: string[] = [];
}

const read = (body: object): Fields | string[] => {
  const form = readForm(Fields, body);
  return form.valid ? form.value : form.faults.map(({ field }) => field);
};

describe('form fields', () => {
  it.each(['on', 'true', '1'])('a box sent as %s is ticked', (agreed) => {
    expect(read({ agreed })).toMatchObject({ agreed: true });
  });

  it.each(['off', 'false', '0', ''])('a box sent as %j is not', (agreed) => {
    expect(read({ agreed })).toMatchObject({ agreed: false });
  });

  it('keep their defaults if nothing was sent', () => {
    expect(read({})).toMatchObject({ agreed: false, minutes: 5, steps: [] });
  });

  it.each(['0', '7', '240'])('%s is a whole number', (minutes) => {
    expect(read({ minutes })).toMatchObject({ minutes: Number(minutes) });
  });

  it.each(['', '-1', '1.5', '1e3', '0x10', '१', '12345678901', 'many'])(
    'reject %j as a whole number',
    (minutes) => {
      expect(read({ minutes })).toEqual(['minutes']);
    },
  );

  it('omit an optional number that is empty', () => {
    expect(read({ level: '' })).toMatchObject({ level: undefined });
    expect(read({ level: '3' })).toMatchObject({ level: 3 });
    expect(read({ level: 'three' })).toEqual(['level']);
  });

  it('are lists of cleaned lines without empty ones', () => {
    expect(read({ steps: ' - one\r\n\n- two \n   \nthree' })).toMatchObject({
      steps: ['one', 'two', 'three'],
    });
  });
});
