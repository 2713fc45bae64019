import pg from 'pg';
import { Sequelize } from 'sequelize';

/**
 * Sequelize listens for a connection's failure only once it is through with connecting; a server that ends it in
 * the same moment would end this process. Whoever uses the connection next is told anyway.
 */
class HeardClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Opens a pool. Times are UTC; a statement may take 30 s, an idle transaction 60 s. */
export function connectDatabase(url: string, name = 'timebridge', poolSize = 10): Sequelize {
  return new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: { ...pg, Client: HeardClient },
    logging: false,
    timezone: '+00:00',
    pool: { max: poolSize, acquire: 10_000, idle: 60_000 },
    define: { underscored: true, freezeTableName: true, timestamps: false },
    dialectOptions: {
      application_name: name,
      // For the connection, not by a statement at the beginning of each transaction.
      options: '-c default_transaction_isolation=read\\ committed',
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}
