import type { Translator } from '../../i18n/translator.js';
import { letterView } from '../look-back/look-back.js';
import type { ExportedToolkit } from './toolkit-export.service.js';
import { ratingInWords } from '../core/numbers-in-words.js';

/** The file stands alone, so its few rules come along. */
export const READABLE_STYLE =
  'body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.6 system-ui,sans-serif;color:#24211c;background:#fffcf5}h1,h2,h3{line-height:1.25}section{margin-block:2.5rem}article{margin-block:1.5rem;padding-block-start:1rem;border-top:1px solid #857b69}.own-words{white-space:pre-line}@media(prefers-color-scheme:dark){body{color:#f3ebdd;background:#18232b}a{color:#93d6d0}}';

export function exportedToolkitView(all: ExportedToolkit, i18n: Translator): object {
  return {
    made: i18n.t('toolkit.print.when', { date: i18n.date(new Date(all.made)) }),
    items: all.items.map((item) => ({ ...item, inside: i18n.list(item.collections) })),
    checkIns: all.checkIns.map((row) => ({
      when: i18n.date(new Date(row.at)),
      about: row.about,
      said: ratingInWords(row, i18n),
      word: row.word,
      note: row.note,
    })),
    sheets: all.sheets.map((sheet) => ({ ...sheet, when: i18n.date(new Date(sheet.at)) })),
    letters: all.letters.map((letter) => letterView(letter, letter.month, i18n)),
  };
}
