import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { COUNTRY_COOKIE, cookieName, readCookie, setCookie } from '../http/cookies.js';
import { page, type Page } from '../http/page.js';
import { I18n } from '../http/request.js';
import { Config } from '../kernel/config.js';
import { countryName, countryOptions, isCountry } from '../kernel/countries.js';
import type { Translator } from '../i18n/translator.js';
import { emergencyNumbers, MOBILE_EMERGENCY } from '../helplines/emergency-numbers.js';
import { type HelplineTopic } from '../helplines/helpline-rows.js';
import {
  helplinesOf,
  internationalLines,
  isFor,
  shownLines,
  topicsOf,
  type Helpline,
} from '../helplines/helplines.js';
import { selectOptions, type SelectOption } from '../http/options.js';
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
    const topics = topicsOf(code);
    const topic = topics.find((each) => each === req.query.topic) ?? null;
    const { own, others: rest } = byTopic(helplinesOf(code), topic);
    const view = {
      topics: topicOptions(i18n, topics, topic),
      topic: topic === null ? null : i18n.t(`content.help.topic.${topic}`),
      topicLines: shownLines(own, i18n.locale),
      countries: countryOptions(i18n.locale, code),
      country: { ...country, speaksOf: i18n.t(`layout.country.${by}`, { country: country.name }) },
      error: wrong ? i18n.t('content.help.countryError') : null,
      emergency: first ?? null,
      others,
      mobile: MOBILE_EMERGENCY,
      lines: shownLines(rest, i18n.locale),
      international: shownLines(internationalLines(), i18n.locale),
      checkedOn: checkedOn(i18n, helplinesOf(code)),
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

/** The lines for a topic, and then the others; all are others where no topic was chosen. */
function byTopic(
  lines: readonly Helpline[],
  topic: HelplineTopic | null,
): { own: Helpline[]; others: Helpline[] } {
  if (topic === null) return { own: [], others: [...lines] };
  return {
    own: lines.filter((line) => isFor(line, topic)),
    others: lines.filter((line) => !isFor(line, topic)),
  };
}

/** The topics that the country has lines for; none where it has lines for anyone alone. */
function topicOptions(
  i18n: Translator,
  topics: readonly HelplineTopic[],
  chosen: HelplineTopic | null,
): SelectOption[] {
  if (topics.length === 0) return [];
  const anything = { value: '', label: i18n.t('content.help.topicAny'), selected: chosen === null };
  const options = selectOptions(topics, chosen, (topic) => i18n.t(`content.help.topic.${topic}`));
  return [anything, ...options];
}

/** The day of the oldest check among the lines; null where none was checked. */
function checkedOn(i18n: Translator, lines: readonly Helpline[]): string | null {
  const [oldest] = lines
    .map((line) => line.checkedOn)
    .filter((day) => day !== null)
    .sort();
  return oldest === undefined ? null : i18n.date(new Date(`${oldest}T12:00:00Z`));
}
