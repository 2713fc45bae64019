import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { decideConflict } from '../../api/conflicts/decide-conflict.contract.js';
import { readConflict, type ConflictDetail } from '../../api/conflicts/read-conflict.contract.js';
import { withdrawDecision } from '../../api/conflicts/withdraw-decision.contract.js';
import { decideAll, type Choice } from '../decide-all.js';
import { FIELD_NAMES, parametersOf, type ParameterFlags } from '../decision-parameters.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { cliWords } from '../words.js';

type DecideFlags = CommonOptions &
  ParameterFlags & {
    readonly note?: string;
    readonly version?: string;
    readonly decision?: string;
    readonly allOfKind?: true;
    readonly yes?: true;
  };

export function addDecide(program: Command): void {
  const fields = Object.keys(FIELD_NAMES).join(', ');
  withCommonOptions(program.command('decide'))
    .description('decide a conflict; it is written after the grace time')
    .argument('<id>', 'the conflict')
    .argument('<choice>', 'as "conflicts <id>" lists it')
    .option('--target <id>', 'the timesheet, entry, activity, user or project that the choice is about')
    .option(
      '--field <field=side...>',
      `for per_field: which side a field takes, e.g. duration=zammad project=kimai (${fields})`,
    )
    .option('--begin <time>', 'for edit_and_retry: another begin, 14:30 or 2026-11-23T14:30')
    .option('--duration <h:mm>', 'for edit_and_retry: another duration')
    .option('--project <id>', 'for edit_and_retry: another project of Kimai')
    .option('--note <text>', 'why; kept with the decision')
    .option('--version <version>', 'refuse when the facts are other ones than you saw')
    .option('--decision <uuid>', 'repeat an earlier attempt: the same id is the same decision')
    .option('--all-of-kind', 'the same choice for every open conflict of this kind and bridge')
    .option('--yes', 'with --all-of-kind: carry out what was shown')
    .action(decide);
  withCommonOptions(program.command('withdraw'))
    .description('take a decision back within its grace time')
    .argument('<id>', 'the conflict')
    .argument('[decision]', 'the decision; left out: the newest one')
    .action(withdraw);
}

async function decide(
  conflictId: string,
  wanted: string,
  _flags: DecideFlags,
  command: Command,
): Promise<void> {
  const flags = command.optsWithGlobals<DecideFlags>();
  const parameters = parametersOf(flags);
  const api = apiOf(command);
  const words = cliWords(languageOf(command));
  const { result } = terminalOf(command);
  const detail = await api.call(readConflict, { params: { conflictId } });
  const choice = offered(detail, wanted);
  const { note } = flags;
  if (flags.allOfKind === true) {
    if (parameters !== undefined || flags.version !== undefined || flags.decision !== undefined) {
      throw new CommandFailed(
        '--all-of-kind takes a choice and a note alone: what it is about differs from case to case',
        'usage',
        EXIT.wrongUse,
      );
    }
    const all = await decideAll(api, detail.conflict, { choice, note, yes: flags.yes === true });
    if (all.decided) return result(all, words.allDecided(all.itemCount, all.bulkId));
    return result(all, `${words.allPreview(all.preview)}\n${words.sayYes}`);
  }
  const decided = await api.call(decideConflict, {
    params: { conflictId },
    body: {
      decisionId: flags.decision ?? randomUUID(),
      version: flags.version ?? detail.conflict.version,
      choice,
      parameters,
      note,
    },
  });
  const seconds = Math.round(decided.graceMs / 1000);
  result(decided, words.decided(seconds, `timebridge withdraw ${conflictId} ${decided.decisionId}`));
}

function offered({ choices }: ConflictDetail, wanted: string): Choice {
  const found = choices.find(({ choice }) => choice === wanted);
  if (found) return found.choice;
  const names = [...new Set(choices.map(({ choice }) => choice))].join(', ');
  throw new CommandFailed(
    `"${wanted}" is no choice here. There are: ${names || 'none'}`,
    'usage',
    EXIT.wrongUse,
  );
}

async function withdraw(
  conflictId: string,
  given: string | undefined,
  _flags: unknown,
  command: Command,
): Promise<void> {
  const api = apiOf(command);
  const decisionId =
    given ?? (await api.call(readConflict, { params: { conflictId } })).conflict.decision?.id;
  if (!decisionId) throw new CommandFailed('Nobody has decided this conflict', 'not_decided');
  await api.call(withdrawDecision, { params: { conflictId }, body: { decisionId } });
  terminalOf(command).result({ withdrawn: decisionId }, cliWords(languageOf(command)).withdrawn);
}
