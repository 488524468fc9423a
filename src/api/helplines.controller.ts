import { Controller, Get, Param, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { countryOf } from '../http/reader-country.js';
import { I18n } from '../http/request.js';
import type { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';
import { isCountry } from '../kernel/countries.js';
import { NotFound } from '../kernel/errors.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { Help } from './help.js';
import { HelplinesJson, HelplinesQuery } from './help.model.js';
import { readQuery } from './json-form.js';

/** Helplines, for everybody. Needs neither a token nor the database. */
@Controller('api/v1/helplines')
@UseGuards(ApiGuard)
export class ApiHelplinesController {
  constructor(
    private readonly help: Help,
    private readonly config: Config,
  ) {}

  @Get()
  @Operation({
    summary: 'Helplines near the reader',
    description:
      'Of `country` if given, or for the region in `Accept-Language` if it is a reliable hint, ' +
      'otherwise for this site’s country.',
    scope: null,
    public: true,
    query: HelplinesQuery,
    answer: HelplinesJson,
    fails: [422],
  })
  near(@I18n() i18n: Translator, @Req() req: Request): HelplinesJson {
    const asked = req.query.country;
    const { country } = readQuery(HelplinesQuery, {
      country: typeof asked === 'string' ? asked.toUpperCase() : (asked ?? ''),
    });
    return this.help.linesOf(country === '' ? countryOf(req, this.config) : country, i18n);
  }

  @Get(':country')
  @Operation({
    summary: 'Helplines of a country',
    scope: null,
    public: true,
    answer: HelplinesJson,
    fails: [404],
  })
  of(@I18n() i18n: Translator, @Param('country') country: string): HelplinesJson {
    const code = country.toUpperCase();
    if (!isCountry(code)) throw new NotFound();
    return this.help.linesOf(code, i18n);
  }
}
