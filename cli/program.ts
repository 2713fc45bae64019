import { Command } from 'commander';
import { addAlerts } from './commands/alerts.js';
import { addApply } from './commands/apply.js';
import { addConflicts } from './commands/conflicts.js';
import { addDecide } from './commands/decide.js';
import { addDemo } from './commands/demo.js';
import { addWebhook } from './commands/webhook.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain.js';
import { addKeys } from './commands/keys.js';
import { addLoginLink } from './commands/login-link.js';
import { addMigrate } from './commands/migrate.js';
import { addPlan } from './commands/plan.js';
import { addRules } from './commands/rules.js';
import { addSimulators } from './commands/simulators.js';
import { addStatus } from './commands/status.js';
import { addSync } from './commands/sync.js';
import { addToken } from './commands/token.js';
import { addUndo } from './commands/undo.js';
import { addUnits } from './commands/units.js';
import { addUp } from './commands/up.js';
import { EXIT } from './failure.js';
import { languageOption } from './options.js';

const GROUPS = [
  addUp,
  addStatus,
  addDoctor,
  addWebhook,
  addApply,
  addPlan,
  addSync,
  addConflicts,
  addDecide,
  addUndo,
  addRules,
  addExplain,
  addUnits,
  addToken,
  addLoginLink,
  addKeys,
  addAlerts,
  addMigrate,
  addSimulators,
  addDemo,
] as const;

/** The whole command line. Commander itself ends wrong use with a message; we give it the exit code for that. */
export function createProgram(): Command {
  const program = new Command('timebridge')
    .description('Keeps the time of Zammad tickets and the Kimai timesheets in agreement')
    .option('--data <dir>', 'the data folder of the installation (default: .timebridge, or TIMEBRIDGE_DATA)')
    .option('--json', 'print the result as JSON')
    .addOption(languageOption())
    .showHelpAfterError('(timebridge --help lists what there is)')
    .showSuggestionAfterError()
    .enablePositionalOptions();
  for (const add of GROUPS) add(program);
  useWrongUseCode(program);
  return program;
}

function useWrongUseCode(command: Command): void {
  command.exitOverride((cause) => {
    process.exit(cause.exitCode === 0 ? EXIT.done : EXIT.wrongUse);
  });
  command.commands.forEach((child) => useWrongUseCode(child));
}
