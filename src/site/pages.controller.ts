import { Controller, Get, NotFoundException, Post, Req, Res } from '@nestjs/common';
import { IsIn, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import { BrowserSession } from '../accounts/browser-session.js';
import { avatarSvg } from '../accounts/avatar.js';
import { selectOptions } from '../http/options.js';
import { cookieName, readCookie, setCookie } from '../http/cookies.js';
import { Form, type Submitted } from '../http/form.js';
import { displayCookie, displayOf, LOCALE_COOKIE } from '../http/layout.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n } from '../http/request.js';
import { Config } from '../kernel/config.js';
import { AppError } from '../kernel/errors.js';
import { Messages } from '../i18n/messages.js';
import type { Translator } from '../i18n/translator.js';

const YEAR = 365;

class DisplayForm {
  @IsIn(['auto', 'light', 'dark', 'contrast'], { message: 'forms.error.invalid' })
  scheme: 'auto' | 'light' | 'dark' | 'contrast' = 'auto';

  @IsIn(['normal', 'large', 'larger'], { message: 'forms.error.invalid' })
  text: 'normal' | 'large' | 'larger' = 'normal';

  @IsIn(['normal', 'wide'], { message: 'forms.error.invalid' })
  spacing: 'normal' | 'wide' = 'normal';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  calm: '' | 'on' = '';

  @Matches(/^([a-z]{2})?$/, { message: 'forms.error.invalid' })
  locale = '';

  back = '';
}

/** Pages that say what this place is, how it looks, and how to leave it. */
@Controller()
export class PagesController {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly browser: BrowserSession,
  ) {}

  @Get('about')
  about(): Page {
    return page('content/about', this.operator(), {
      titleKey: 'content.about.title',
      indexable: true,
    });
  }

  @Get('privacy')
  privacy(): Page {
    return page('content/privacy', this.operator(), {
      titleKey: 'content.privacy.title',
      indexable: true,
    });
  }

  @Get('guidelines')
  guidelines(): Page {
    return page(
      'content/guidelines',
      {},
      { titleKey: 'content.guidelines.title', indexable: true },
    );
  }

  @Get('leaving-quickly')
  leaving(): Page {
    return page('content/leave-info', {}, { titleKey: 'content.leaving.title', indexable: true });
  }

  @Get('display')
  display(@I18n() i18n: Translator, @Req() req: Request): Page {
    const now = displayOf(readCookie(req, cookieName(this.config, 'display')));
    const names = new Intl.DisplayNames([i18n.locale], { type: 'language' });
    const locales = selectOptions(
      this.messages.locales,
      i18n.locale,
      (value) => names.of(value) ?? value,
    );
    const view = {
      scheme: { [now.scheme]: true },
      text: { [now.text]: true },
      spacing: { [now.spacing]: true },
      calm: now.calm,
      locales,
      back: '',
      form: { errors: [] },
    };
    return page('content/display', view, { titleKey: 'content.display.title' });
  }

  @Post('display')
  setDisplay(
    @Form(DisplayForm) form: Submitted<DisplayForm>,
    @Res({ passthrough: true }) res: Response,
  ): SeeOther {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    const { scheme, text, spacing, calm, locale } = form.value;
    setCookie(
      res,
      this.config,
      'display',
      displayCookie({ scheme, text, spacing, calm: calm === 'on' }),
      { days: YEAR },
    );
    if (this.messages.locales.includes(locale))
      setCookie(res, this.config, LOCALE_COOKIE, locale, { days: YEAR });
    return seeOther(localPath(form.values.back, '/display'), 'content.display.saved');
  }

  /**
   * Leaving quickly, without script: the session ends, the browser forgets this site's data, and
   * another page opens.
   */
  @Get('leave')
  async leave(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<string> {
    await this.browser.leave(req, res).catch(() => undefined);
    res.setHeader('Clear-Site-Data', '"cache", "cookies", "storage"');
    res.setHeader('Cache-Control', 'no-store');
    res.status(303).setHeader('Location', this.config.LEAVE_URL);
    return '';
  }

  @Get('styleguide')
  styleguide(): Page {
    if (this.config.production) throw new NotFoundException();
    return page(
      'content/styleguide',
      {
        avatars: { one: avatarSvg('one'), two: avatarSvg('two') },
        form: { values: {}, errors: [], error: {} },
      },
      { titleKey: 'content.styleguide.title' },
    );
  }

  private operator(): object {
    return { operator: this.config.OPERATOR, contact: this.config.CONTACT };
  }
}
