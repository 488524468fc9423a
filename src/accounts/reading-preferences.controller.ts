import { Controller, Get, Post } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, Matches, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../content/content-notes.js';
import { selectOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { capital } from '../i18n/capital.js';
import type { Translator } from '../i18n/translator.js';
import { foldWords } from '../kernel/fold-words.js';
import { MAX_MUTED_WORDS, ReadingPreferencesForm } from './reading-preferences.js';
import { settingsTabs } from './settings.view.js';

const CHOICES = ['fold', 'show', 'hide'] as const;

/** Splits at line breaks and commas. Among words that hide the same posts, keeps the first. */
function wordsOf(typed: string): string[] {
  const words = typed
    .normalize('NFC')
    .split(/[\n,]/)
    .map((word) => word.trim().replace(/\s+/g, ' ').toLowerCase())
    .filter((word) => word !== '');
  return [
    ...new Map(words.reverse().map((word) => [foldWords(word) || word, word])).values(),
  ].reverse();
}

/** One field per content note (`note-suicide`: fold, show or hide), and the words, one per line. */
class ReadingForm {
  @Transform(({ value }) => wordsOf(String(value)))
  @ArrayMaxSize(MAX_MUTED_WORDS, { message: 'accounts.error.words-many' })
  // A single letter would hide nearly everything; a single symbol or Chinese character is a word.
  @Matches(/^(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}]$)/u, {
    each: true,
    message: 'accounts.error.words',
  })
  @MaxLength(40, { each: true, message: 'accounts.error.words' })
  words: string[] = [];
}

/**
 * A member's content-note choices and muted words. Applied on the server, in lists, threads,
 * search, notices and digests.
 */
@Controller('settings/reading')
export class ReadingSettingsController {
  constructor(private readonly reading: ReadingPreferencesForm) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.form(viewer, i18n);
  }

  @Post()
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ReadingForm) form: Submitted<ReadingForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.form(viewer, i18n, form);
    const chosen = (choice: string): string[] =>
      CONTENT_NOTES.filter((note) => form.values[`note-${note}`] === choice);
    await this.reading.choose(viewer.memberId, {
      show: chosen('show'),
      hide: chosen('hide'),
      words: form.value.words,
    });
    return seeOther('/settings/reading', 'accounts.notice.saved');
  }

  private async form(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const now = await this.reading.of(viewer.memberId);
    const chosen = (note: string): string => {
      const typed = faulty?.values[`note-${note}`];
      if (typeof typed === 'string') return typed;
      return now.show.includes(note) ? 'show' : now.hide.includes(note) ? 'hide' : 'fold';
    };
    const notes = CONTENT_NOTES.map((note) => ({
      name: `note-${note}`,
      label: capital(i18n.t(`posts.note.${note}`)),
      options: selectOptions(CHOICES, chosen(note), (value) => i18n.t(`accounts.reading.${value}`)),
    }));
    const view = {
      tabs: settingsTabs(i18n, 'reading'),
      notes,
      form: formView(i18n, faulty, { words: now.words.join('\n') }),
    };
    return formPage('accounts/reading-settings', view, faulty, {
      titleKey: 'accounts.reading.title',
    });
  }
}
