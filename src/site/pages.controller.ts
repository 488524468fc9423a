import { Controller, Get, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RETENTIONS } from '../accounts/retention.js';
import { BrowserSession } from '../accounts/browser-session.js';
import { OwnSettings } from '../accounts/own-settings.service.js';
import { cookieName, readCookie, setCookie } from '../http/cookies.js';
import { Form, type Submitted } from '../http/form.js';
import { displayCookie, displayOf } from '../http/layout.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { chosenLanguage, LOCALE_COOKIE } from '../http/reader-language.js';
import { CurrentViewer, I18n, textQuery } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { AppError } from '../kernel/errors.js';
import { vapidOf } from '../kernel/push-settings.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Messages } from '../i18n/messages.js';
import type { Translator } from '../i18n/translator.js';
import { DisplayForm } from './display.dto.js';
import { displayView, operatorView, styleguideView } from './pages.view.js';

/** In days. */
const YEAR = 365;

/** Pages about the site, display settings, and the quick exit. */
@Controller()
export class PagesController {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly browser: BrowserSession,
    private readonly own: OwnSettings,
    private readonly logger: Logger,
  ) {}

  @Get('about')
  @PublicPage('memory')
  about(): Page {
    return page('content/about', operatorView(this.config), {
      titleKey: 'content.about.title',
      indexable: true,
      madeOf: [],
    });
  }

  @Get('privacy')
  @PublicPage('memory')
  privacy(@I18n() i18n: Translator): Page {
    const kept = RETENTIONS.map(({ name, days }) =>
      i18n.t(`accounts.kept-for.${name}`, { count: days }),
    );
    const push = vapidOf(this.config) !== null;
    const view = { ...operatorView(this.config), kept, push };
    return page('content/privacy', view, {
      titleKey: 'content.privacy.title',
      indexable: true,
      madeOf: [],
    });
  }

  /** `?easy` shows the same rules in easy-read form: short sentences with one idea each. */
  @Get('guidelines')
  @PublicPage('memory')
  guidelines(@Req() req: Request): Page {
    if (textQuery(req, 'easy') !== undefined)
      return page(
        'content/guidelines-easy',
        {},
        { titleKey: 'content.guidelines.easy.title', indexable: true, madeOf: [] },
      );
    return page(
      'content/guidelines',
      {},
      { titleKey: 'content.guidelines.title', indexable: true, madeOf: [] },
    );
  }

  @Get('leaving-quickly')
  @PublicPage('memory')
  leaving(): Page {
    return page(
      'content/leave-info',
      {},
      { titleKey: 'content.leaving.title', indexable: true, madeOf: [] },
    );
  }

  @Get('display')
  display(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Page {
    const display = displayOf(readCookie(req, cookieName(this.config, 'display')));
    const view = displayView(
      {
        display,
        moderates: viewer?.moderates === true,
        member: viewer !== null,
        locale: chosenLanguage(req, this.config) ?? i18n.locale,
      },
      this.messages,
    );
    return page('content/display', view, { titleKey: 'content.display.title' });
  }

  @Post('display')
  async setDisplay(
    @CurrentViewer() viewer: MaybeViewer,
    @Form(DisplayForm) form: Submitted<DisplayForm>,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    const { scheme, text, spacing, calm, shiftOff, keys, locale } = form.value;
    setCookie(
      res,
      this.config,
      'display',
      displayCookie({
        scheme,
        text,
        spacing,
        calm: calm === 'on',
        shiftOff: shiftOff === 'on',
        keys: keys === 'on',
      }),
      { days: YEAR },
    );
    if (this.messages.coverageOf(locale) !== null) {
      setCookie(res, this.config, LOCALE_COOKIE, locale, { days: YEAR });
      if (viewer !== null) await this.own.setLanguage(viewer, locale);
    }
    return seeOther(localPath(form.values.back, '/display'), 'content.display.saved');
  }

  /** Quick exit without script: ends the session, clears the site's data, redirects elsewhere. */
  @Get('leave')
  async leave(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<string> {
    // The browser must leave immediately even if this fails, so errors are only logged.
    await this.browser
      .leave(req, res)
      .catch((error: unknown) => this.logger.error('while leaving quickly', describeError(error)));
    res.setHeader('Clear-Site-Data', '"cache", "cookies", "storage"');
    res.setHeader('Cache-Control', 'no-store');
    res.status(303).setHeader('Location', this.config.LEAVE_URL);
    return '';
  }

  @Get('styleguide')
  styleguide(@I18n() i18n: Translator): Page {
    if (this.config.production) throw new NotFoundException();
    return page('content/styleguide', styleguideView(i18n), {
      titleKey: 'content.styleguide.title',
    });
  }
}
