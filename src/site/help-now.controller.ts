import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { COUNTRY_COOKIE, cookieName, readCookie, setCookie } from '../http/cookies.js';
import { page, type Page } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { I18n } from '../http/request.js';
import { Config } from '../kernel/config.js';
import { isCountry } from '../kernel/countries.js';
import type { Translator } from '../i18n/translator.js';
import { requestedCountry, readerCountry } from '../http/reader-country.js';
import { helpNowView } from './help-now.view.js';

/** How many days the device remembers the selected country. */
const KEPT_DAYS = 365;
/**
 * Seconds for which a guest's browser can show the page without a connection: a night, and no longer,
 * as a corrected number has to arrive.
 */
const OFFLINE_SECONDS = 28_800;

/** Help in a crisis. Works without log-in, script or database. */
@Controller('help-now')
export class HelpNowController {
  constructor(private readonly config: Config) {}

  /** @returns 422 with the whole page and a country list if the country is unknown */
  @Get()
  @PublicPage('memory')
  show(
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Page {
    const asked = requestedCountry(req);
    const unknown = asked !== null && !isCountry(asked);
    const country = readerCountry(req, this.config);
    const view = helpNowView({ country, unknown, topic: req.query.topic }, i18n);
    if (isCountry(asked)) this.keep(req, res, asked);
    const options = { titleKey: 'content.help.title', indexable: !unknown };
    return page(
      'content/help-now',
      view,
      unknown
        ? { ...options, status: 422 }
        : { ...options, publicFor: 300, browserFor: OFFLINE_SECONDS, madeOf: [] },
    );
  }

  // Stores the country, but only from this page's own form: a cross-site link may show a country
  // without making it the reader's choice. Browsers that send no Sec-Fetch-Site are trusted, as a
  // country is not secret and every page names the one it shows.
  private keep(req: Request, res: Response, code: string): void {
    if (req.headers['sec-fetch-site'] === 'cross-site') return;
    if (readCookie(req, cookieName(this.config, COUNTRY_COOKIE)) === code) return;
    setCookie(res, this.config, COUNTRY_COOKIE, code, { days: KEPT_DAYS });
  }
}
