import { dialled } from '../helplines/helplines.js';

export interface CardLine {
  text: string;
  /** The number in the line, to dial; null where there is none. */
  tel: string | null;
}

export function textLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The first telephone number in a line: three digits or more, as emergency numbers have three. */
function numberIn(line: string): string | null {
  const found = /\+?\(?\d[\d\s().-]{1,}\d/.exec(line)?.[0];
  const tel = found === undefined ? null : dialled(found);
  return tel === null || tel.replace(/\D/g, '').length < 3 ? null : tel;
}

export function cardLines(text: string): CardLine[] {
  return textLines(text).map((line) => ({ text: line, tel: numberIn(line) }));
}
