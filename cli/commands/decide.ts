import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { decideConflict } from '../../api/conflicts/decide-conflict.contract.js';
import { readConflict } from '../../api/conflicts/read-conflict.contract.js';
import { withdrawDecision } from '../../api/conflicts/withdraw-decision.contract.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';

type DecideFlags = CommonOptions & {
  readonly target?: string;
  readonly note?: string;
  readonly version?: string;
  readonly decision?: string;
};

export function addDecide(program: Command): void {
  withCommonOptions(program.command('decide'))
    .description('decide a conflict; it is written after the grace time')
    .argument('<id>', 'the conflict')
    .argument('<choice>', 'as "conflicts <id>" lists it')
    .option('--target <id>', 'the timesheet, activity, user or project that the choice is about')
    .option('--note <text>', 'why; kept with the decision')
    .option('--version <version>', 'refuse when the facts are other ones than you saw')
    .option('--decision <uuid>', 'repeat an earlier attempt: the same id is the same decision')
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
  const api = apiOf(command);
  const { conflict, choices } = await api.call(readConflict, { params: { conflictId } });
  const offered = choices.find(({ choice }) => choice === wanted);
  if (!offered) {
    const names = [...new Set(choices.map(({ choice }) => choice))].join(', ');
    throw new CommandFailed(
      `"${wanted}" is no choice here. There are: ${names || 'none'}`,
      'usage',
      EXIT.wrongUse,
    );
  }
  const decided = await api.call(decideConflict, {
    params: { conflictId },
    body: {
      decisionId: flags.decision ?? randomUUID(),
      version: flags.version ?? conflict.version,
      choice: offered.choice,
      parameters: flags.target === undefined ? undefined : { targetId: flags.target },
      note: flags.note,
    },
  });
  const seconds = Math.round(decided.graceMs / 1000);
  terminalOf(command).result(
    decided,
    `Decided. Written in ${seconds} s unless you say: timebridge withdraw ${conflictId} ${decided.decisionId}`,
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
  terminalOf(command).result({ withdrawn: decisionId }, 'Taken back; the conflict is open again');
}
