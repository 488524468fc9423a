import { kind, type Kind } from './kind.js';

const SEALED = { fields: { words: 'sealed' } } as const;

/** What members keep for themselves: sealed under their own keys, it is exported as it is stored. */
export const PRIVATE: readonly Kind[] = [
  kind('toolkit-items', 'toolkit_items', 'Strategies at hand; notes and own steps sealed', SEALED),
  kind('toolkit-collections', 'toolkit_collections', 'Collections; their names sealed', SEALED),
  kind('toolkit-collection-items', 'toolkit_collection_items', 'What a collection holds'),
  kind('toolkit-settings', 'toolkit_settings', 'How a member wants the toolkit'),
  kind('check-ins', 'check_ins', 'How it was before and after; notes sealed', SEALED),
  kind('letters', 'toolkit_letters', 'Letters to oneself, sealed', SEALED),
  kind('appointment-sheets', 'toolkit_sheets', 'Notes for an appointment, sealed', SEALED),
  kind('toolkit-shares', 'toolkit_shares', 'Hashes of links that show a part to somebody', SEALED),
  kind('safety-plans', 'safety_plans', 'Safety plans and cards, sealed', {
    fields: { card: 'sealedCard', plan: 'sealedPlan' },
  }),
];
