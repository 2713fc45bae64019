import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `sync_runs`. */
export class SyncRunRow extends Model<InferAttributes<SyncRunRow>, InferCreationAttributes<SyncRunRow>> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare trigger: string;
  declare triggeredBy: string | null;
  declare fullComparison: CreationOptional<boolean>;
  declare workflowId: string;
  declare state: string;
  declare phase: CreationOptional<string>;
  declare counters: CreationOptional<object>;
  declare sums: object | null;
  declare error: object | null;
  declare startedAt: CreationOptional<Date>;
  declare finishedAt: Date | null;
  declare executionId: string | null;

  static define(db: Sequelize): void {
    SyncRunRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        bridgeId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        trigger: { type: DataTypes.TEXT, allowNull: false },
        triggeredBy: { type: DataTypes.TEXT },
        fullComparison: { type: DataTypes.BOOLEAN, allowNull: false },
        workflowId: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        phase: { type: DataTypes.TEXT, allowNull: false },
        counters: { type: DataTypes.JSONB, allowNull: false },
        sums: { type: DataTypes.JSONB },
        error: { type: DataTypes.JSONB },
        startedAt: { type: DataTypes.DATE(6), allowNull: false },
        finishedAt: { type: DataTypes.DATE(6) },
        executionId: { type: DataTypes.TEXT },
      },
      { sequelize: db, tableName: 'sync_runs', modelName: 'sync_runs' },
    );
  }
}
