import { parseTelNumber } from '../helplines/helplines.js';

export interface CardLine {
  text: string;
  /** The telephone number in the line; null if there is none. */
  tel: string | null;
}

export function textLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The first telephone number in a line: at least three digits, like emergency numbers. */
function numberIn(line: string): string | null {
  const number = /\+?\(?\d[\d\s().-]{1,}\d/.exec(line)?.[0];
  const tel = number === undefined ? null : parseTelNumber(number);
  return tel === null || tel.replace(/\D/g, '').length < 3 ? null : tel;
}

export function cardLines(text: string): CardLine[] {
  return textLines(text).map((line) => ({ text: line, tel: numberIn(line) }));
}
