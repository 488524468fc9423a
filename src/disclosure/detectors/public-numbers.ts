import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EMERGENCY_FILE } from '../../helplines/emergency-numbers.js';
import { callingCode } from './phone-metadata.js';

interface Row {
  country: string;
  phone: string | null;
  sms: string | null;
}

const FILE = fileURLToPath(new URL('../../helplines/helplines.json', import.meta.url));

/** Numbers that help: known everywhere, dialled by people in need, nobody's own. */
const EMERGENCY = [
  '999',
  '112',
  '911',
  '111',
  '101',
  '988',
  '000',
  '119',
  '110',
  '113',
  '118',
  '15',
  '17',
  '18',
  '116123',
  '116111',
  '116000',
  '116006',
  '131114',
  '85258',
  '741741',
  '1737',
  '105',
];

function everyNumber(): Set<string> {
  const numbers = new Set(EMERGENCY);
  for (const { source: _source, ...row } of Object.values(EMERGENCY_FILE.numbers)) {
    for (const number of Object.values(row).flat()) if (number.length > 2) numbers.add(number);
  }
  for (const { country, phone, sms } of JSON.parse(readFileSync(FILE, 'utf8')) as Row[]) {
    for (const written of `${phone ?? ''} ; ${sms ?? ''}`.match(/\+?\(?\d[\d ().-]*/g) ?? []) {
      const digits = written.replace(/\D/g, '');
      if (digits === '') continue;
      numbers.add(digits);
      if (country === 'ZZ') continue;
      const code = callingCode(country);
      numbers.add(`${code}${digits.replace(/^0/, '')}`);
      numbers.add(`${code}${digits}`);
      if (/^1\d{10}$/.test(digits)) numbers.add(digits.slice(1));
    }
  }
  return numbers;
}

const NUMBERS = everyNumber();

/** Free, shared-cost and service numbers: of organisations, whatever they are for. */
const SERVICE =
  /^(?:(?:44|0)(?:800|808|500)\d{4,7}|(?:44|0)(?:3[0347]\d|84\d|87\d)\d{7}|1?8(?:00|88|77|66|55|44|33)\d{7}|(?:61)?(?:1800|1300)\d{6}|(?:61)?13\d{4}|(?:353)?(?:1800|1850|1890)\d{6}|(?:49|0)800\d{5,8}|(?:64|0)(?:800|508)\d{5,7}|(?:33|0)8[0-2]\d{7})$/;

/**
 * Whether groups of digits are nothing but numbers of helplines, emergencies and services, one or
 * several in a row.
 */
export function isPublicNumber(groups: readonly string[]): boolean {
  const reach = new Set([0]);
  for (let from = 0; from < groups.length; from += 1) {
    if (!reach.has(from)) continue;
    let digits = '';
    for (let to = from; to < groups.length && digits.length < 16; to += 1) {
      digits += groups[to] ?? '';
      const plain = digits.replace(/^00/, '');
      if (NUMBERS.has(digits) || NUMBERS.has(plain) || SERVICE.test(plain) || SERVICE.test(digits))
        reach.add(to + 1);
    }
  }
  return reach.has(groups.length);
}
