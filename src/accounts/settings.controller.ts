import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { selectOptions } from '../http/options.js';
import { COUNTRY_COOKIE, cookieName, dropCookie, readCookie } from '../http/cookies.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { countryOptions, isCountry } from '../kernel/countries.js';
import { NotFound } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { Break, Profile } from './accounts.dto.js';
import { avatarSvg } from './avatar.js';
import { looksReal } from './handles.js';
import { settingsTabs } from './settings.view.js';
import { blockedAliases, blockedMembers, ownAccount, unblockAlias } from './settings.queries.js';

const saveProfile = statement<
  { viewerId: string; about: string; timeZone: string; country: string },
  object
>(
  'accounts.save-profile',
  `
    update members
    set about = :about, time_zone = nullif(:timeZone, ''), country = nullif(:country, '')
    where id = :viewerId
  `,
);
const newAvatar = statement<{ viewerId: string; avatarSeed: string }, object>(
  'accounts.new-avatar',
  'update members set avatar_seed = :avatarSeed where id = :viewerId',
);
const setBreak = statement<{ viewerId: string; until: Date | null }, object>(
  'accounts.set-break',
  'update members set break_until = :until where id = :viewerId',
);

/** A year is long enough to think about closing the account instead. */
const LONGEST_BREAK = 366 * DAY;

/** What a member shows of themselves, and who and what they are spared. */
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  start(@CurrentMember() _viewer: Viewer): SeeOther {
    return seeOther('/settings/profile');
  }

  @Get('profile')
  profile(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.profilePage(viewer, i18n);
  }

  @Post('profile')
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(Profile) form: Submitted<Profile>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.profilePage(viewer, i18n, form);
    await this.sql.rows(saveProfile, {
      viewerId: viewer.memberId,
      about: form.value.about,
      timeZone: form.value.timeZone,
      country: form.value.country,
    });
    // The last choice holds: what this device chose before would stand above it.
    if (readCookie(req, cookieName(this.config, COUNTRY_COOKIE)) !== undefined) {
      dropCookie(res, this.config, COUNTRY_COOKIE);
    }
    return seeOther('/settings/profile', 'accounts.notice.saved');
  }

  @Post('avatar')
  async avatar(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.sql.rows(newAvatar, { viewerId: viewer.memberId, avatarSeed: newToken(9) });
    return seeOther('/settings/profile', 'accounts.notice.avatar');
  }

  @Get('privacy')
  privacy(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.privacyPage(viewer, i18n);
  }

  @Post('privacy/aliases/:id/unblock')
  async readAlias(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) aliasId: string,
  ): Promise<SeeOther> {
    await this.sql.rows(unblockAlias, { viewerId: viewer.memberId, aliasId });
    return seeOther('/settings/privacy', 'accounts.notice.unblocked');
  }

  @Post('break')
  async pause(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(Break) form: Submitted<Break>,
  ): Promise<Page | SeeOther> {
    const now = this.clock.now();
    const until = form.valid ? new Date(`${form.value.until}T00:00:00Z`) : now;
    if (Number.isNaN(until.getTime()) || until <= now || until > later(now, LONGEST_BREAK)) {
      return this.privacyPage(viewer, i18n, {
        values: form.values,
        faults: [{ field: 'until', key: 'accounts.error.break' }],
      });
    }
    await this.sql.rows(setBreak, { viewerId: viewer.memberId, until });
    return seeOther('/settings/privacy', 'accounts.notice.break');
  }

  @Post('break/end')
  async back(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.sql.rows(setBreak, { viewerId: viewer.memberId, until: null });
    return seeOther('/settings/privacy', 'accounts.notice.back');
  }

  private async profilePage(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const own = await this.sql.first(ownAccount, { viewerId: viewer.memberId });
    if (own === null) throw new NotFound();
    const form = formView(i18n, faulty, {
      about: own.about,
      timeZone: own.timeZone ?? '',
      country: own.country ?? '',
    });
    const zone = form.values.timeZone;
    const zones = selectOptions(
      ['', 'UTC', ...Intl.supportedValuesOf('timeZone')],
      zone,
      (value) => (value === '' ? i18n.t('accounts.profile.zone-none') : value.replaceAll('_', ' ')),
    );
    const chosen = form.values.country;
    const countries = [
      { value: '', label: i18n.t('accounts.profile.country-none'), selected: !isCountry(chosen) },
      ...countryOptions(i18n.locale, typeof chosen === 'string' ? chosen : ''),
    ];
    const view = {
      countries,
      tabs: settingsTabs(i18n, 'profile'),
      handle: own.handle,
      avatar: avatarSvg(own.avatarSeed),
      advice: looksReal(own.handle),
      form,
      zones,
    };
    return formPage('accounts/profile-settings', view, faulty, {
      titleKey: 'accounts.profile.title',
    });
  }

  private async privacyPage(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const blocked = await this.sql.rows(blockedMembers, { viewerId: viewer.memberId });
    const aliases = await this.sql.rows(blockedAliases, { viewerId: viewer.memberId });
    const view = {
      tabs: settingsTabs(i18n, 'privacy'),
      form: formView(i18n, faulty),
      onBreak: viewer.breakUntil === null ? null : i18n.date(viewer.breakUntil),
      aliases: aliases.map(({ avatarSeed, ...row }) => ({ ...row, avatar: avatarSvg(avatarSeed) })),
      blocked: blocked.map((row) => ({ handle: row.handle, avatar: avatarSvg(row.avatarSeed) })),
    };
    return formPage('accounts/privacy-settings', view, faulty, {
      titleKey: 'accounts.privacy.title',
    });
  }
}
