import type { Command } from 'commander';
import * as yup from 'yup';
import { closed } from '../../api/fields.contract.js';
import { backtestRule, type BacktestReply } from '../../api/rules/backtest-rule.contract.js';
import { listRules } from '../../api/rules/list-rules.contract.js';
import { ruleFields } from '../../api/rules/rule-shape.contract.js';
import { choiceLabel } from '../../words/choices.js';
import type { Language } from '../../words/format.js';
import { say } from '../../words/say.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { readSource, readYaml } from '../setup/yaml-file.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';
import { cliWords } from '../words.js';

/** As one of `rules` in a set-up file; whether it is switched on makes no difference to a test. */
const rule = closed({ ...ruleFields, enabled: yup.boolean() });

export function addRules(program: Command): void {
  const rules = program.command('rules').description('what decides recurring cases');
  withCommonOptions(rules.command('test'))
    .description('how a rule would have done on what people decided before; nothing is decided or stored')
    .argument('<bridge>', 'the bridge')
    .argument('<file>', 'one rule as in the file of "apply" (YAML), or - for standard input')
    .option(
      '--place <n>',
      'among the other rules, from 1 (default: where the rule of that name is, else last)',
    )
    .action(async (bridgeId: string, file: string, _flags: unknown, command: Command) => {
      const { place } = command.optsWithGlobals<CommonOptions & { readonly place?: string }>();
      const given = readYaml(readSource(file), rule);
      const api = apiOf(command);
      const params = { bridgeId };
      const { items } = await api.call(listRules, { params });
      const id = items.find(({ name }) => name === given.name)?.id;
      const tried = { ...given, enabled: true, ...(id !== undefined && { id }) };
      const body = { rule: tried, ...(place !== undefined && { place: placeOf(place) }) };
      const reply = await api.call(backtestRule, { params, body });
      terminalOf(command).result(reply, describe(reply, languageOf(command)));
    });
}

function placeOf(text: string): number {
  const place = Number(text);
  if (Number.isInteger(place) && place >= 1 && place <= 201) return place;
  throw new CommandFailed('--place must be a whole number from 1 to 201', 'usage', EXIT.wrongUse);
}

function describe({ summary, left, different, examples }: BacktestReply, language: Language): string {
  const words = cliWords(language);
  const lines = examples.map(({ conflictId, ticketNumber, customerName, secondsAtStake, person, rule }) => [
    `  ${conflictId}`,
    ticketNumber ? `#${ticketNumber}` : '',
    customerName ?? '',
    hours(secondsAtStake),
    words.person(choiceLabel(person, language)),
    words.rule(choiceLabel(rule, language)),
  ]);
  const more = different - examples.length;
  return [
    say(summary, language),
    ...(left > 0 ? [words.ruleLeaves(left)] : []),
    ...(lines.length > 0 ? [table(lines, [3])] : []),
    ...(more > 0 ? [`  ${words.more(more)}`] : []),
  ].join('\n');
}
