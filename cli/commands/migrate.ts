import type { Command } from 'commander';
import { settings } from '../../config/settings.js';
import { readEnvironment } from '../../config/environment.js';
import { migrate } from '../../db/migrate.js';
import { terminalOf, withCommonOptions } from '../options.js';

export function addMigrate(program: Command): void {
  withCommonOptions(program.command('migrate'))
    .description('bring the schema of the database at DATABASE_URL up to date ("up" does it by itself)')
    .action(async (_flags: unknown, command: Command) => {
      const DATABASE_URL = settings.DATABASE_URL.required(
        'must be set: the address of the PostgreSQL database',
      );
      const env = readEnvironment({ DATABASE_URL }, process.env);
      const done = await migrate(env.DATABASE_URL);
      terminalOf(command).result(
        { migrations: done },
        done.length === 0 ? 'The schema is up to date' : `Done: ${done.join(', ')}`,
      );
    });
}
