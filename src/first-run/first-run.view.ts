import { Config } from '../kernel/config.js';
import { countryName } from '../kernel/countries.js';
import type { Translator } from '../i18n/translator.js';
import { domainOf, type DomainFinding } from '../mail/domain-check.js';
import type { FirstRunRow } from './first-run.queries.js';

export interface FirstRunView {
  name: StepView;
  country: StepView;
  mail: StepView & { state: string | null; from: string };
  domain: { text: string; good: boolean }[] | null;
  community: StepView;
  people: StepView;
  onCall: StepView;
  ready: boolean;
}

interface StepView {
  done: boolean;
  /** The current value. */
  now: string;
}

export function firstRunView(
  facts: FirstRunRow,
  config: Config,
  findings: readonly DomainFinding[] | null,
  i18n: Translator,
): FirstRunView {
  const defaults = new Config();
  const step = (key: string, done: boolean, params = {}): StepView => ({
    done,
    now: i18n.t(`administration.setup.${key}.${done ? 'done' : 'open'}`, params),
  });
  const { OPERATOR: operator, CONTACT: contact, DEFAULT_COUNTRY: country } = config;
  const named = operator !== defaults.OPERATOR && contact !== defaults.CONTACT;
  const view = {
    name: step('name', named, { operator, contact }),
    country: step('country', true, { country: countryName(i18n.locale, country) }),
    mail: {
      ...step('mail', facts.testState === 'sent'),
      state: testText(facts, i18n),
      from: domainOf(config.MAIL_FROM),
    },
    community: step('community', facts.communities > 0, { count: facts.communities }),
    people: step('people', facts.others > 0, { count: facts.others }),
    onCall: step('on-call', facts.shifts > 0, { count: facts.shifts }),
  };
  return {
    ...view,
    domain: findings === null ? null : findings.map((each) => findingText(each, i18n)),
    ready: Object.values(view).every(({ done }) => done),
  };
}

function testText(facts: FirstRunRow, i18n: Translator): string | null {
  if (facts.testState === null || facts.testAskedAt === null) return null;
  return i18n.t('administration.setup.mail.state', {
    state: i18n.t(`administration.mail.state.${facts.testState}`),
    when: i18n.exactly(facts.testAskedAt),
    code: facts.testCode ?? 0,
  });
}

function findingText(
  { about, good, says, name }: DomainFinding,
  i18n: Translator,
): { text: string; good: boolean } {
  return { good, text: i18n.t(`administration.mail-check.${about}.${says}`, { name }) };
}
