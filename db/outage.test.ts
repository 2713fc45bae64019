import {
  ConnectionAcquireTimeoutError,
  ConnectionRefusedError,
  DatabaseError,
  UniqueConstraintError,
} from 'sequelize';
import { describe, expect, it } from 'vitest';
import { isDatabaseAway } from './outage.js';

const failed = (message: string, code?: string) =>
  new DatabaseError(Object.assign(new Error(message), { sql: '', ...(code === undefined ? {} : { code }) }));

describe('a database that is away', () => {
  it.each([
    ['no connection', new ConnectionRefusedError(new Error('connect ECONNREFUSED 127.0.0.1:5432'))],
    ['no free connection in time', new ConnectionAcquireTimeoutError(new Error('Operation timeout'))],
    ['a connection that broke under a statement', failed('Connection terminated unexpectedly')],
    ['a server that stops', failed('terminating connection due to administrator command', '57P01')],
    ['a server that starts', failed('the database system is starting up', '57P03')],
    ['too many connections', failed('sorry, too many clients already', '53300')],
    ['a broken socket', failed('read ECONNRESET', 'ECONNRESET')],
    ['a broken socket outside of a statement', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })],
  ])('is known by %s', (_what, failure) => {
    expect(isDatabaseAway(failure)).toBe(true);
  });

  it.each([
    ['a statement that is wrong', failed('syntax error', '42601')],
    ['a statement that took too long', failed('canceling statement due to statement timeout', '57014')],
    ['a row that is there already', new UniqueConstraintError({})],
    ['a defect of ours', new TypeError('x is not a function')],
    ['a file that is not there', Object.assign(new Error('no such file'), { code: 'ENOENT' })],
    ['nothing at all', undefined],
  ])('is not known by %s', (_what, failure) => {
    expect(isDatabaseAway(failure)).toBe(false);
  });
});
