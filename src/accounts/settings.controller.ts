import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { COUNTRY_COOKIE, cookieName, dropCookie, readCookie } from '../http/cookies.js';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { countryOptions, isCountry } from '../kernel/countries.js';
import { NotFound } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { Messages } from '../kernel/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { Break, Profile } from './accounts.dto.js';
import { avatarSvg } from './avatar.js';
import { looksReal } from './handles.js';
import { settingsTabs } from './settings.view.js';
import { blockedMembers, ownAccount } from './settings.queries.js';

const saveProfile = statement(
  'accounts.save-profile',
  `
    update members
    set about = $2, time_zone = nullif($3, ''), country = nullif($4, '')
    where id = $1
  `,
);
const newAvatar = statement(
  'accounts.new-avatar',
  'update members set avatar_seed = $2 where id = $1',
);
const setBreak = statement(
  'accounts.set-break',
  'update members set break_until = $2 where id = $1',
);

/** A year is long enough to think about closing the account instead. */
const LONGEST_BREAK = 366 * DAY;

/** What a member shows of themselves, and who and what they are spared. */
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  @Get()
  start(@Member() _viewer: Viewer): SeeOther {
    return seeOther('/settings/profile');
  }

  @Get('profile')
  profile(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.profilePage(viewer, words);
  }

  @Post('profile')
  async save(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(Profile) form: Submitted<Profile>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.profilePage(viewer, words, form);
    await this.sql.rows(saveProfile, [
      viewer.memberId,
      form.value.about,
      form.value.timeZone,
      form.value.country,
    ]);
    // The last choice holds: what this device chose before would stand above it.
    if (readCookie(req, cookieName(this.config, COUNTRY_COOKIE)) !== undefined) {
      dropCookie(res, this.config, COUNTRY_COOKIE);
    }
    return seeOther('/settings/profile', 'accounts.notice.saved');
  }

  @Post('avatar')
  async avatar(@Member() viewer: Viewer): Promise<SeeOther> {
    await this.sql.rows(newAvatar, [viewer.memberId, newToken(9)]);
    return seeOther('/settings/profile', 'accounts.notice.avatar');
  }

  @Get('privacy')
  privacy(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.privacyPage(viewer, words);
  }

  @Post('break')
  async pause(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(Break) form: Submitted<Break>,
  ): Promise<Page | SeeOther> {
    const now = this.clock.now();
    const until = form.valid ? new Date(`${form.value.until}T00:00:00Z`) : now;
    if (Number.isNaN(until.getTime()) || until <= now || until > later(now, LONGEST_BREAK)) {
      return this.privacyPage(viewer, words, {
        values: form.values,
        faults: [{ field: 'until', key: 'accounts.error.break' }],
      });
    }
    await this.sql.rows(setBreak, [viewer.memberId, until]);
    return seeOther('/settings/privacy', 'accounts.notice.break');
  }

  @Post('break/end')
  async back(@Member() viewer: Viewer): Promise<SeeOther> {
    await this.sql.rows(setBreak, [viewer.memberId, null]);
    return seeOther('/settings/privacy', 'accounts.notice.back');
  }

  private async profilePage(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const own = await this.sql.first(ownAccount, [viewer.memberId]);
    if (own === null) throw new NotFound();
    const form = formView(this.messages, words.locale, faulty, {
      about: own.about,
      timeZone: own.timeZone ?? '',
      country: own.country ?? '',
    });
    const zone = form.values.timeZone;
    const zones = ['', 'UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({
      value,
      label: value === '' ? words.t('accounts.profile.zone-none') : value.replaceAll('_', ' '),
      selected: value === zone,
    }));
    const chosen = form.values.country;
    const countries = [
      { value: '', label: words.t('accounts.profile.country-none'), selected: !isCountry(chosen) },
      ...countryOptions(words.locale, typeof chosen === 'string' ? chosen : ''),
    ];
    const view = {
      countries,
      tabs: settingsTabs(words, 'profile'),
      handle: own.handle,
      avatar: avatarSvg(own.avatarSeed),
      advice: looksReal(own.handle),
      form,
      zones,
    };
    return page('accounts/profile-settings', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'accounts.profile.title',
    });
  }

  private async privacyPage(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const blocked = await this.sql.rows(blockedMembers, [viewer.memberId]);
    const view = {
      tabs: settingsTabs(words, 'privacy'),
      form: formView(this.messages, words.locale, faulty),
      onBreak: viewer.breakUntil === null ? null : words.date(viewer.breakUntil),
      blocked: blocked.map((row) => ({ handle: row.handle, avatar: avatarSvg(row.avatarSeed) })),
    };
    return page('accounts/privacy-settings', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'accounts.privacy.title',
    });
  }
}
