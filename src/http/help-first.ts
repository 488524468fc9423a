import type { Translator } from '../i18n/translator.js';
import type { HelpTopic } from '../triage/help-topics.js';

/** View of `partials/help-first`, which is shown before any search results. */
export interface HelpFirstView {
  title: string;
  text: string;
  /** Somebody may be in danger: the first helplines are shown on the page itself. */
  danger: boolean;
  help: string;
  /** URL of communities about the topic; null if no tag matches it. */
  groups: string | null;
  resources: string;
}

/** @param topic null if nothing suggests that help is needed */
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
