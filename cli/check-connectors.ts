import { checkConnector } from '../api/connectors/check-connector.contract.js';
import { listConnectors } from '../api/connectors/list-connectors.contract.js';
import type { ReplyOf } from '../api/contract.js';
import { formatDuration, type Language } from '../words/format.js';
import { say } from '../words/say.js';
import { CommandFailed } from './failure.js';
import type { ApiClient } from './client.js';

export type ConnectorFinding = { readonly check: string; readonly ok: boolean; readonly says: string };

/**
 * Tests each connector through the API, by the very checks that the set-up pages use, and tells every finding as a
 * sentence; an error or a refusal is not ok.
 */
export async function checkConnectors(
  api: ApiClient,
  language: Language = 'en',
): Promise<readonly ConnectorFinding[]> {
  const { items } = await api.call(listConnectors, {});
  const found: ConnectorFinding[] = [];
  for (const { id, name } of items) found.push(...(await checkOne(api, { id, name, language })));
  return found;
}

type Checked = { readonly id: string; readonly name: string; readonly language: Language };

async function checkOne(api: ApiClient, { id, name, language }: Checked): Promise<ConnectorFinding[]> {
  try {
    const { findings, samples } = await api.call(checkConnector, { params: { connectorId: id } });
    const told = findings.map(({ level, code, facts }) => ({
      check: name,
      ok: level !== 'error',
      says: `${level === 'warning' ? LOOK[language] : ''}${say({ code, facts }, language)}`,
    }));
    return [
      ...told,
      ...samples.map((sample) => ({ check: name, ok: true, says: sampleText(sample, language) })),
    ];
  } catch (cause) {
    if (!(cause instanceof CommandFailed)) throw cause;
    return [{ check: name, ok: false, says: cause.message }];
  }
}

const LOOK: Readonly<Record<Language, string>> = { en: 'Look at this: ', de: 'Bitte ansehen: ' };

type Sample = ReplyOf<typeof checkConnector>['samples'][number];

/** Only a person knows how long an entry really was: so it is asked, not stated. */
function sampleText({ ticketNumber, personName, unitText, seconds }: Sample, language: Language): string {
  const length = seconds === null ? '–' : formatDuration(seconds);
  return `Ticket ${ticketNumber} (${personName}): ${unitText} → ${length}${language === 'de' ? ', stimmt das?' : ', is that right?'}`;
}
