import { before, after, type Flat } from './flat.js';
import { matches, whose, type Detail } from './finding.js';
import { isCounting, isPhone } from './phones.js';
import { isPublicNumber } from './public-numbers.js';

const DIGITS: Record<string, string> = {
  zero: '0', oh: '0', o: '0', nought: '0', naught: '0', nil: '0', null: '0', cero: '0',
  one: '1', won: '1', eins: '1', un: '1', uno: '1', two: '2', zwei: '2', zwo: '2', deux: '2', dos: '2', three: '3', drei: '3', trois: '3', tres: '3',
  four: '4', vier: '4', quatre: '4', cuatro: '4', five: '5', funf: '5', cinq: '5', cinco: '5', six: '6', sechs: '6', seis: '6', seven: '7', sieben: '7', sept: '7', siete: '7',
  eight: '8', acht: '8', huit: '8', ocho: '8', nine: '9', neun: '9', neuf: '9', nueve: '9',
};
const WORD = Object.keys(DIGITS).concat('double', 'triple', 'treble', 'hundred', 'plus').sort((a, b) => b.length - a.length).join('|');
const RUN = new RegExp(`(?<![a-z0-9])(?:(?:${WORD}|\\d{1,6})(?:[ ,.\\-/_()]{1,3}(?:then |and then |dash |space |and )?|(?=\\d)|(?<=\\d))){2,30}(?:${WORD}|\\d{1,6})(?![a-z0-9])`, 'g');

/** Numbers spelled out: "oh seven seven double zero ...". */
export function wordedDigits(flat: Flat): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, said } of matches(RUN, flat.lower)) {
    const words = said.match(/[a-z]+/g)?.filter((word) => word in DIGITS || word === 'double' || word === 'triple' || word === 'treble' || word === 'then' || word === 'dash') ?? [];
    if (words.length < 2) continue;
    const { digits, groups } = spoken(said);
    if (digits.length < 7 || digits.length > 15 || isCounting(digits) || new Set(digits).size < 3 || isPublicNumber(groups)) continue;
    const lead = before(flat.text, from, 70);
    const offered = /\b(?:(?:my|his|her|the) (?:number|mobile|phone|cell)|(?:call|ring|text|phone) (?:me|him|her|us))\b/i.test(lead) || /\barea code\b/i.test(lead + after(flat.text, to, 40));
    if (offered || (digits.length >= 10 && /^(?:0|[1-9])/.test(digits) && (digits.startsWith('0') || words.length >= 9)) || isPhone(digits, lead, after(flat.text, to, 40))) {
      details.push({ kind: 'phone', span: [from, to], why: 'words', of: whose(lead.slice(-45)) });
    }
  }
  return details;
}

function spoken(said: string): { digits: string; groups: string[] } {
  const groups: string[] = [];
  let times = 1;
  for (const word of said.match(/[a-z]+|\d+/g) ?? []) {
    const digit = /^\d/.test(word) ? word : DIGITS[word];
    if (word === 'double') times = 2;
    else if (word === 'triple' || word === 'treble') times = 3;
    else if (word === 'hundred') groups.push('00');
    else if (digit !== undefined) {
      groups.push(digit.length === 1 ? digit.repeat(times) : digit);
      times = 1;
    }
  }
  return { digits: groups.join(''), groups };
}
