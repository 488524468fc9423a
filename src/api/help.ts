import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { emergencyNumbers, MOBILE_EMERGENCY } from '../helplines/emergency-numbers.js';
import { HelplineStore } from '../helplines/helpline-store.js';
import {
  emergencyContacts,
  helplinesOf,
  internationalLines,
  type Helpline,
} from '../helplines/helplines.js';
import { helpFirstView } from '../http/help-first.js';
import { countryOf } from '../http/reader-country.js';
import type { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';
import type { CareView } from '../posts/author-card.view.js';
import { carePath } from '../posts/post-address.js';
import type { HelpTopic } from '../triage/help-topics.js';
import type { HelpJson, HelplineJson, HelplinesJson } from './help.model.js';

/** Crisis help, included wherever the corresponding page would show it. */
@Injectable()
export class Help {
  constructor(
    private readonly config: Config,
    private readonly store: HelplineStore,
  ) {}

  /** The card beside the author's own post, as on the thread's page. */
  ofCard(
    req: Request,
    i18n: Translator,
    care: CareView,
    post: { threadId: string; number: number },
  ): HelpJson {
    const country = countryOf(req, this.config);
    const mayShowOwn = req.scopes?.includes('toolkit:read') === true;
    return {
      ...this.localLines(country, i18n),
      danger: care.crisis || care.urgent,
      text: cardWords(care, country, i18n),
      wait: care.wait,
      own:
        !mayShowOwn || care.own === null
          ? []
          : [...care.own.people, ...care.own.lines].map(({ text, tel }) => ({ text, tel })),
      page: `${this.config.baseUrl}${carePath(post.threadId, post.number)}`,
    };
  }

  /** Help for possible danger without a card, such as for a rejected text. */
  ofDanger(req: Request, i18n: Translator): HelpJson {
    const country = countryOf(req, this.config);
    return {
      ...this.localLines(country, i18n),
      danger: true,
      text: [i18n.t('safety.help-first.title-now'), crisisWords(country, i18n)],
      wait: '',
    };
  }

  /** Help for a report of concern about somebody, and for a post awaiting review. */
  ofWorry(req: Request, i18n: Translator): HelpJson {
    const lines = this.localLines(countryOf(req, this.config), i18n);
    return { ...lines, danger: false, text: [i18n.t('posts.held.help')], wait: '' };
  }

  /** Help shown before search results. */
  ofTopic(req: Request, i18n: Translator, topic: HelpTopic): HelpJson {
    const view = helpFirstView(topic, i18n);
    const lines = this.localLines(countryOf(req, this.config), i18n);
    return {
      ...lines,
      danger: topic.danger,
      text: view === null ? [] : [view.title, view.text],
      wait: '',
      more: `${this.config.baseUrl}${view?.help ?? '/help-now'}`,
    };
  }

  linesOf(country: string, i18n: Translator): HelplinesJson {
    this.store.keepFresh();
    return {
      country,
      emergency: emergencyNumbers(country).map(({ service, phone }) => ({
        phone,
        text: i18n.t(`content.help.call.${service}`, { phone }),
      })),
      lines: helplinesOf(country).map(helplineJson),
      international: internationalLines().map(helplineJson),
    };
  }

  private localLines(
    country: string,
    i18n: Translator,
  ): Pick<HelpJson, 'emergency' | 'lines' | 'own' | 'more' | 'page'> {
    this.store.keepFresh();
    const { emergency, lines } = emergencyContacts(country);
    return {
      emergency:
        emergency === null
          ? null
          : {
              phone: emergency.phone,
              text: i18n.t('safety.card.crisis.call', { number: emergency.phone }),
            },
      lines: lines.map(helplineJson),
      own: [],
      more: `${this.config.baseUrl}/help-now`,
      page: null,
    };
  }
}

function crisisWords(country: string, i18n: Translator): string {
  const { emergency } = emergencyContacts(country);
  return emergency === null
    ? `${i18n.t('safety.card.crisis.title-plain')}. ${i18n.t('safety.card.no-number', { number: MOBILE_EMERGENCY })}`
    : i18n.t('safety.card.crisis.title', { number: emergency.phone });
}

/** The texts of the card in page order. */
function cardWords(care: CareView, country: string, i18n: Translator): string[] {
  const words = (keys: readonly string[]): string[] =>
    keys.map((key) => i18n.t(`safety.card.${key}`));
  const confirmation = care.confirmation === null ? [] : [care.confirmation];
  const automatic = words(['automatic']);
  if (care.crisis)
    return [
      ...words(['crisis.warm', 'crisis.text']),
      ...confirmation,
      crisisWords(country, i18n),
      ...words(['crisis.company', 'crisis.lines']),
      ...automatic,
    ];
  if (care.urgent)
    return [
      ...words(['urgent.title']),
      ...confirmation,
      ...words(['urgent.text', 'urgent.worse']),
      crisisWords(country, i18n),
      ...words(['urgent.hint']),
      ...automatic,
    ];
  if (care.watch)
    return [...words(['watch.title']), ...confirmation, ...words(['watch.text']), ...automatic];
  return [...words(['after.title']), ...confirmation, ...words(['after.text'])];
}

function helplineJson(line: Helpline): HelplineJson {
  return {
    country: line.country,
    name: line.name,
    phone: line.phone,
    tel: line.tel,
    sms: line.sms,
    chat: line.chatUrl,
    hours: line.hours,
    languages: [...line.languages],
    audience: line.audience,
    topics: [...line.topics],
    checkedOn: line.checkedOn,
  };
}
