import { loadPatterns } from './pattern-data.js';
import { EMERGENCY_FILE } from '../../helplines/emergency-numbers.js';
import { helplinesRevision, publicRows } from '../../helplines/helplines.js';
import { callingCode } from './phone-metadata.js';

const patterns = loadPatterns(new URL('./public-numbers.json', import.meta.url));

/** Emergency numbers, which belong to nobody. */
const EMERGENCY = patterns.words('emergency');

function everyNumber(): Set<string> {
  const numbers = new Set(EMERGENCY);
  for (const { source: _source, ...row } of Object.values(EMERGENCY_FILE.numbers)) {
    for (const number of Object.values(row).flat()) if (number.length > 2) numbers.add(number);
  }
  for (const { country, phone, sms } of publicRows()) {
    for (const written of `${phone ?? ''} ; ${sms ?? ''}`.match(/\+?\(?\d[\d ().-]*/g) ?? []) {
      const digits = written.replace(/\D/g, '');
      // "(option 2)" is a key to press: counting it would make any sequence of twos a public
      // number.
      if (digits.length < 3) continue;
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

let computed: { readonly revision: number; readonly numbers: ReadonlySet<string> } | null = null;

/** Recomputed whenever administrators changed the helplines. */
function publicNumbers(): ReadonlySet<string> {
  const revision = helplinesRevision();
  if (computed?.revision !== revision) computed = { revision, numbers: everyNumber() };
  return computed.numbers;
}

const SERVICE = patterns.regExp('service');

/**
 * Whether groups of digits consist only of numbers of helplines, emergency and other services, one
 * or several in a row.
 */
export function isPublicNumber(groups: readonly string[]): boolean {
  const numbers = publicNumbers();
  const reach = new Set([0]);
  for (let from = 0; from < groups.length; from += 1) {
    if (!reach.has(from)) continue;
    let digits = '';
    for (let to = from; to < groups.length && digits.length < 16; to += 1) {
      digits += groups[to] ?? '';
      const plain = digits.replace(/^00/, '');
      if (numbers.has(digits) || numbers.has(plain) || SERVICE.test(plain) || SERVICE.test(digits))
        reach.add(to + 1);
    }
  }
  return reach.has(groups.length);
}
