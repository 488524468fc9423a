import { textOf } from '../http/form-values.js';
import type { Values } from '../http/form.js';
import { selectOptions, tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { isTicked } from '../posts/compose.view.js';
import { POLL_DAYS, POLL_RESULTS } from './new-thread.dto.js';

/** The poll fields in the form for a new thread. */
export interface PollFields {
  /** Uncollapsed if any field is filled in. */
  open: boolean;
  several: boolean;
  days: SelectOption[];
  results: TickOption[];
}

export function pollFields(values: Values, i18n: Translator): PollFields {
  const chosen = (name: string, fallback: string): string => textOf(values[name]) || fallback;
  return {
    open: chosen('pollQuestion', '') !== '' || chosen('pollOptions', '') !== '',
    several: isTicked(values.pollSeveral),
    days: selectOptions(POLL_DAYS.map(String), chosen('pollDays', '7'), (days) =>
      i18n.t('threads.poll.days', { days: Number(days) }),
    ),
    results: tickOptions(POLL_RESULTS, chosen('pollResults', 'voted'), (when) =>
      i18n.t(`threads.poll.results.${when}`),
    ),
  };
}
