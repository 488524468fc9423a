import { formPage, formView } from '../http/form-page.js';
import { textOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Page } from '../http/page.js';
import { timeZoneOptions } from '../http/time-zone-options.js';
import type { Viewer } from '../http/viewer.js';
import { countryOptions, isCountry } from '../kernel/countries.js';
import type { Translator } from '../i18n/translator.js';
import { avatarSvg } from './avatar.js';
import { resemblesRealName } from './handles.js';
import { AUDIENCES } from './member.entity.js';
import type { BlockedAlias, BlockedMember, OwnAccount } from './settings.queries.js';
import { settingsTabs } from './settings.view.js';
import type { OpenSession } from './sessions.service.js';

export function profileSettingsPage(i18n: Translator, own: OwnAccount, faulty?: InvalidForm): Page {
  const form = formView(i18n, faulty, {
    about: own.about,
    aboutAudience: own.aboutAudience,
    sinceAudience: own.sinceAudience,
    timeZone: own.timeZone ?? '',
    country: own.country ?? '',
  });
  const zones = timeZoneOptions(
    i18n,
    textOf(form.values.timeZone),
    i18n.t('accounts.profile.zone-none'),
  );
  const chosen = form.values.country;
  const countries = [
    { value: '', label: i18n.t('accounts.profile.country-none'), selected: !isCountry(chosen) },
    ...countryOptions(i18n.locale, typeof chosen === 'string' ? chosen : ''),
  ];
  const audience = (value: (typeof form.values)[string] | undefined): SelectOption[] =>
    selectOptions(AUDIENCES, value, (each) => i18n.t(`accounts.profile.audience.${each}`));
  const view = {
    countries,
    tabs: settingsTabs(i18n, 'profile'),
    handle: own.handle,
    avatar: avatarSvg(own.avatarSeed),
    advice: resemblesRealName(own.handle),
    form,
    zones,
    aboutAudiences: audience(form.values.aboutAudience),
    sinceAudiences: audience(form.values.sinceAudience),
  };
  return formPage('accounts/profile-settings', view, faulty, {
    titleKey: 'accounts.profile.title',
  });
}

export function privacySettingsPage(
  i18n: Translator,
  viewer: Viewer,
  hidden: { members: BlockedMember[]; aliases: BlockedAlias[] },
  faulty?: InvalidForm,
): Page {
  const drawn = <Row extends { avatarSeed: string }>({
    avatarSeed,
    ...row
  }: Row): Omit<Row, 'avatarSeed'> & { avatar: string } => ({
    ...row,
    avatar: avatarSvg(avatarSeed),
  });
  const view = {
    tabs: settingsTabs(i18n, 'privacy'),
    form: formView(i18n, faulty),
    onBreak: viewer.breakUntil === null ? null : i18n.calendarDay(viewer.breakUntil),
    aliases: hidden.aliases.map(drawn),
    blocked: hidden.members.map(drawn),
  };
  return formPage('accounts/privacy-settings', view, faulty, {
    titleKey: 'accounts.privacy.title',
  });
}

export function securityPage(
  i18n: Translator,
  viewer: Viewer,
  facts: { own: OwnAccount; sessions: OpenSession[] },
  faulty?: InvalidForm,
): Page {
  const { own, sessions } = facts;
  const view = {
    tabs: settingsTabs(i18n, 'security'),
    form: formView(i18n, faulty),
    email: own.email,
    verified: viewer.verified,
    stopped:
      viewer.verified && own.stopped !== null
        ? i18n.t(`accounts.address.stopped.${own.stopped}`)
        : null,
    sessions: sessions.map((session) => ({
      id: session.id,
      device: session.device === '' ? i18n.t('accounts.sessions.unknown') : session.device,
      seen: i18n.when(session.lastSeenAt),
      since: i18n.date(session.createdAt),
      here: session.id === viewer.sessionId,
    })),
    others: sessions.length > 1,
    shared: viewer.sharedDevice,
  };
  return formPage('accounts/security-settings', view, faulty, {
    titleKey: 'accounts.security.title',
  });
}
