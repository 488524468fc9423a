import type { Words } from '../kernel/words.js';
import { letterView } from './look-back.js';
import type { TakenOut } from './take-out.service.js';

/** The file stands alone, so its few rules come along. */
export const READABLE_STYLE =
  'body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.6 system-ui,sans-serif;color:#24211c;background:#fffcf5}h1,h2,h3{line-height:1.25}section{margin-block:2.5rem}article{margin-block:1.5rem;padding-block-start:1rem;border-top:1px solid #857b69}.own-words{white-space:pre-line}@media(prefers-color-scheme:dark){body{color:#f3ebdd;background:#18232b}a{color:#93d6d0}}';

export function takenOutView(all: TakenOut, words: Words): object {
  return {
    made: words.t('toolkit.print.when', { date: words.date(new Date(all.made)) }),
    items: all.items.map((item) => ({ ...item, inside: words.list(item.collections) })),
    checkIns: all.checkIns.map((row) => ({
      when: words.date(new Date(row.at)),
      about: row.about,
      said: saidInNumbers(row, words),
      word: row.word,
      note: row.note,
    })),
    sheets: all.sheets.map((sheet) => ({ ...sheet, when: words.date(new Date(sheet.at)) })),
    letters: all.letters.map((letter) => letterView(letter, letter.month, words)),
  };
}

/** "4", "from 3 to 6", or nothing. */
export function saidInNumbers(
  row: { level: number | null; before: number | null; after: number | null },
  words: Words,
): string {
  if (row.level !== null) return words.t('toolkit.said.level', { number: row.level });
  if (row.before !== null && row.after !== null)
    return words.t('toolkit.said.both', { from: row.before, to: row.after });
  if (row.before !== null) return words.t('toolkit.said.before', { number: row.before });
  return row.after === null ? '' : words.t('toolkit.said.after', { number: row.after });
}
