import type { Translator } from '../i18n/translator.js';

/** A sample email with fictitious data. */
export interface MailFixture {
  /** Identifies the fixture in URLs and message keys. */
  readonly name: string;
  readonly template: string;
  readonly kind: 'account' | 'alert' | 'notice' | 'digest';
  readonly view: object;
}

/** One fixture per kind of email, and per variant. */
export function mailFixtures(i18n: Translator, base: string): MailFixture[] {
  const sample = (name: string): string => i18n.t(`administration.previews.sample.${name}`);
  const account = (template: string, link?: string): MailFixture => ({
    name: template,
    template,
    kind: 'account',
    view: { home: base, ...(link === undefined ? {} : { link: `${base}${link}` }) },
  });
  const notice = (name: string, view: object): MailFixture => ({
    name,
    template: 'notice',
    kind: 'notice',
    view: { lines: [], answer: false, link: `${base}/notifications`, ...view },
  });
  const digest = (name: string, view: object): MailFixture => ({
    name,
    template: 'digest',
    kind: 'digest',
    view: {
      lines: [
        i18n.t('mail.digest.answers', { count: 1 }),
        i18n.t('mail.digest.threads', { count: 3 }),
        i18n.t('mail.digest.waiting', { count: 2 }),
        i18n.t('mail.digest.try'),
      ],
      groups: [],
      link: `${base}/notifications`,
      askAgain: false,
      ...view,
    },
  });
  const alarm = { text: i18n.t('mail.alarm.text', { count: 2 }), link: `${base}/notifications` };
  return [
    account('verify-email', '/verify/…'),
    account('already-a-member'),
    account('reset-password', '/reset/…'),
    account('change-email', '/settings/security/address/…'),
    account('address-changing'),
    account('address-changed'),
    account('address-new'),
    account('password-changed'),
    account('test-mail'),
    {
      ...account('account-changed'),
      view: { home: base, text: i18n.t('mail.account-changed.device') },
    },
    ...['site-closing', 'site-staying'].map((name) => ({
      ...account(name),
      view: {
        home: base,
        readOnly: i18n.calendarDay('2030-01-31'),
        wipe: i18n.calendarDay('2030-02-28'),
      },
    })),
    notice('notice', { text: i18n.t('mail.notice.text', { count: 1 }) }),
    notice('notice-several', { text: i18n.t('mail.notice.text', { count: 3 }) }),
    notice('notice-content', {
      text: i18n.t('mail.notice.text', { count: 1 }),
      lines: [sample('reply')],
      answer: true,
    }),
    notice('reply-held', { text: i18n.t('mail.held.text') }),
    notice('reply-refused', { text: i18n.t('mail.refused.text') }),
    digest('digest', {}),
    digest('digest-content', {
      askAgain: true,
      groups: [
        {
          title: i18n.t('digests.group.listen'),
          items: [{ href: `${base}/`, title: sample('thread'), text: sample('community') }],
        },
        {
          title: i18n.t('digests.group.idea'),
          items: [{ href: `${base}/`, title: sample('strategy'), text: sample('summary') }],
        },
      ],
    }),
    { name: 'goodbye', template: 'goodbye', kind: 'digest', view: {} },
    { name: 'alarm', template: 'alarm', kind: 'alert', view: alarm },
    {
      name: 'alarm-now',
      template: 'alarm-now',
      kind: 'alert',
      view: { ...alarm, preview: i18n.t('mail.alarm-now.preview') },
    },
  ];
}
