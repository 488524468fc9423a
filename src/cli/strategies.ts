import { readFileSync, writeFileSync } from 'node:fs';
import { OperatorFault } from '../accounts/members-admin.service.js';
import type {
  ImportResult,
  StrategyPacks,
} from '../coping-strategies/packs/strategy-packs.service.js';
import type { Messages } from '../i18n/messages.js';
import { starterLanguages, starterPack, translatedStarter } from '../seed/starter.js';

/** Dependencies of the operator's strategy verbs. */
export interface StrategyTools {
  packs: StrategyPacks;
  messages: Messages;
}

/**
 * @param file argument after the verb
 * @throws OperatorFault if it exists or cannot be written
 */
export async function exportStrategies(
  { packs }: StrategyTools,
  [file]: string[],
): Promise<string> {
  if (file === undefined) throw new OperatorFault('Name the file to write: strategies export FILE');
  const text = await packs.exportText();
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new OperatorFault(
      (error as { code?: string }).code === 'EEXIST'
        ? `${file} already exists. Name another file.`
        : `${file} cannot be written.`,
    );
  }
  const { strategies } = JSON.parse(text) as { strategies: unknown[] };
  return `${strategies.length} strategies are in ${file}.`;
}

export async function importStrategies(
  { packs, messages }: StrategyTools,
  [file]: string[],
): Promise<string> {
  if (file === undefined) throw new OperatorFault('Name the file to read: strategies import FILE');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new OperatorFault(`${file} cannot be read.`);
  }
  return summary(await packs.importText(text), messages);
}

export async function importStarter({ packs, messages }: StrategyTools): Promise<string> {
  const texts = [starterPack(), ...starterLanguages().map((each) => translatedStarter(each))];
  const summaries: string[] = [];
  for (const text of texts) summaries.push(summary(await packs.importText(text), messages));
  return summaries.join('\n');
}

function summary({ done, faults }: ImportResult, messages: Messages): string {
  if (faults !== undefined) {
    const lines = faults.map(
      ({ at, key, params }) => `  ${at}: ${messages.text('en', key, params)}`,
    );
    throw new OperatorFault(`Nothing was imported. Errors:\n${lines.join('\n')}`);
  }
  const { added, updated, unchanged, older } = done;
  return `${added} new, ${updated} updated, ${unchanged} unchanged, ${older} older than what is here.`;
}
