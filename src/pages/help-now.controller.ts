import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../http/page.js';
import { InWords } from '../http/request.js';
import { Config } from '../kernel/config.js';
import type { Words } from '../kernel/words.js';
import { HELPLINE_COUNTRIES, HELPLINES_CHECKED, helplinesOf, internationalLines } from '../safety/helplines.js';
import { countryOf } from '../safety/reader-country.js';
import { countryName } from './site-layout.js';

/** Where help is now. Needs no log-in, no script and no database. */
@Controller('help-now')
export class HelpNowController {
  constructor(private readonly config: Config) {}

  @Get()
  show(@InWords() words: Words, @Req() req: Request): Page {
    const code = countryOf(req, this.config.DEFAULT_COUNTRY);
    const lines = helplinesOf(code);
    const view = {
      countries: HELPLINE_COUNTRIES.map((each) => ({ code: each, name: countryName(words.locale, each), current: each === code })).sort((a, b) => a.name.localeCompare(b.name, words.locale)),
      country: { code, name: countryName(words.locale, code) },
      emergency: lines.find((line) => line.emergency) ?? null,
      lines: lines.filter((line) => !line.emergency),
      international: internationalLines(),
      checkedOn: words.date(new Date(`${HELPLINES_CHECKED}T12:00:00Z`)),
    };
    return page('content/help-now', view, { titleKey: 'content.help.title', indexable: true, publicFor: 300 });
  }
}
