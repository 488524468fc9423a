import type { Translator } from '../i18n/translator.js';
import type { HelpTopic } from '../triage/help-topics.js';

/** What `partials/help-first` shows before any results. */
export interface HelpFirstView {
  title: string;
  text: string;
  /** Somebody may be in danger: the first lines stand on the page itself. */
  danger: boolean;
  help: string;
  /** Where groups about it are found; null where no tag is about it. */
  groups: string | null;
  resources: string;
}

/** @param topic null where nothing calls for help */
export function helpFirstView(topic: HelpTopic | null, i18n: Translator): HelpFirstView | null {
  if (topic === null) return null;
  const { danger, lines, difficulty } = topic;
  return {
    title: i18n.t(danger ? 'safety.help-first.title-now' : 'safety.help-first.title'),
    text: i18n.t(`safety.help-first.${topic.topic}`),
    danger,
    help: lines === undefined ? '/help-now' : `/help-now?topic=${lines}`,
    groups: difficulty === null ? null : `/find?difficulty=${difficulty}`,
    resources: difficulty === null ? '/resources' : `/resources?need=${difficulty}`,
  };
}
