import type { Translator } from '../../i18n/translator.js';
import type { StrategyView } from './strategy-page.view.js';

/** A strategy as plain text for copying. @param address the URL of its page */
export function strategyText(strategy: StrategyView, address: string, i18n: Translator): string {
  const part = (key: string, text: string): string[] =>
    text === '' ? [] : ['', i18n.t(key), text];
  const lines = [
    strategy.name,
    '='.repeat(strategy.name.length),
    strategy.summary,
    `${strategy.minutes}, ${strategy.energy}`,
    '',
    i18n.t('strategies.steps'),
    ...strategy.steps.map((step, at) => `${at + 1}. ${step}`),
    ...part('strategies.fits', strategy.fits),
    ...part('strategies.fits-not', strategy.fitsNot),
    ...part(
      'strategies.from',
      [strategy.origin, strategy.credit, strategy.source?.name, strategy.source?.href]
        .filter((each) => each !== null && each !== undefined)
        .join('\n'),
    ),
    '',
    strategy.version,
    address,
    '',
    i18n.t('strategies.not-crisis', { address: new URL('/help-now', address).href }),
  ];
  return `${lines.join('\n')}\n`;
}
