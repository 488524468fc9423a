import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { COUNTRY_COOKIE, cookieName, readCookie, setCookie } from '../http/cookies.js';
import { page, type Page } from '../http/page.js';
import { I18n } from '../http/request.js';
import { Config } from '../kernel/config.js';
import { countryName, countryOptions, isCountry } from '../kernel/countries.js';
import type { Translator } from '../i18n/translator.js';
import { emergencyNumbers, MOBILE_EMERGENCY } from '../helplines/emergency-numbers.js';
import {
  HELPLINES_CHECKED,
  helplinesOf,
  internationalLines,
  shownLines,
} from '../helplines/helplines.js';
import { askedCountry, readerCountry } from '../http/reader-country.js';

/** How long a choice of country is kept on the device. */
const KEPT_DAYS = 365;

/** Where help is now. Needs no log-in, no script and no database. */
@Controller('help-now')
export class HelpNowController {
  constructor(private readonly config: Config) {}

  /**
   * @returns 422 with the whole page, and the list to choose from, where a country is asked for
   * that is none
   */
  @Get()
  show(
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Page {
    const asked = askedCountry(req);
    const { code, by } = readerCountry(req, this.config);
    const wrong = asked !== null && !isCountry(asked);
    if (isCountry(asked)) this.keep(req, res, asked);
    const country = { code, name: countryName(i18n.locale, code) };
    const [first, ...others] = emergencyNumbers(code).map(({ service, phone, tel }) => ({
      tel,
      label: i18n.t(`content.help.call.${service}`, { phone }),
    }));
    const view = {
      countries: countryOptions(i18n.locale, code),
      country: { ...country, speaksOf: i18n.t(`layout.country.${by}`, { country: country.name }) },
      error: wrong ? i18n.t('content.help.countryError') : null,
      emergency: first ?? null,
      others,
      mobile: MOBILE_EMERGENCY,
      lines: shownLines(helplinesOf(code), i18n.locale),
      international: shownLines(internationalLines(), i18n.locale),
      checkedOn: i18n.date(new Date(`${HELPLINES_CHECKED}T12:00:00Z`)),
    };
    const options = { titleKey: 'content.help.title', indexable: !wrong };
    return page(
      'content/help-now',
      view,
      wrong ? { ...options, status: 422 } : { ...options, publicFor: 300 },
    );
  }

  // A link on another site may show a country; only the form of this page makes it the reader's
  // choice. Browsers that do not say where a request comes from are believed: a country is no
  // secret, and every page says which it speaks of.
  private keep(req: Request, res: Response, code: string): void {
    if (req.headers['sec-fetch-site'] === 'cross-site') return;
    if (readCookie(req, cookieName(this.config, COUNTRY_COOKIE)) === code) return;
    setCookie(res, this.config, COUNTRY_COOKIE, code, { days: KEPT_DAYS });
  }
}
