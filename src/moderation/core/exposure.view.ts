import type { Translator } from '../../i18n/translator.js';
import type { Exposure } from './exposure.js';

export interface ExposureView {
  meter: string;
  /** Advice to take a break or to stop; null below both limits. */
  advice: string | null;
}

export function exposureView({ hard, minutes, limit }: Exposure, i18n: Translator): ExposureView {
  return {
    meter: i18n.t('moderation.exposure.text', { hard, minutes }),
    advice: limit === 'none' ? null : i18n.t(`moderation.exposure.${limit}`),
  };
}
