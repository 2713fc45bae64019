import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `ledger`. */
export class LedgerRow extends Model<InferAttributes<LedgerRow>, InferCreationAttributes<LedgerRow>> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare targetConnectorId: string;
  declare intentKey: string;
  declare operation: string;
  declare leadEntryId: string | null;
  declare externalId: string | null;
  declare marker: string | null;
  declare targetUserId: string;
  declare step: object;
  declare before: object | null;
  declare state: string;
  declare attempts: CreationOptional<number>;
  declare lookups: CreationOptional<number>;
  declare notBefore: Date | null;
  declare replan: CreationOptional<boolean>;
  declare leaseUntil: Date | null;
  declare sentAt: Date | null;
  declare answeredAt: Date | null;
  declare answer: object | null;
  declare cause: object;
  declare runId: string | null;
  declare decisionId: string | null;
  declare createdAt: CreationOptional<Date>;
  declare undoId: string | null;
  declare claim: CreationOptional<number>;
  declare auditedAt: Date | null;

  static define(db: Sequelize): void {
    LedgerRow.init(
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
        targetConnectorId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        intentKey: { type: DataTypes.TEXT, allowNull: false },
        operation: { type: DataTypes.TEXT, allowNull: false },
        leadEntryId: {
          type: DataTypes.BIGINT,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        externalId: { type: DataTypes.TEXT },
        marker: { type: DataTypes.TEXT },
        targetUserId: { type: DataTypes.TEXT, allowNull: false },
        step: { type: DataTypes.JSONB, allowNull: false },
        before: { type: DataTypes.JSONB },
        state: { type: DataTypes.TEXT, allowNull: false },
        attempts: { type: DataTypes.INTEGER, allowNull: false },
        lookups: { type: DataTypes.INTEGER, allowNull: false },
        notBefore: { type: DataTypes.DATE(6) },
        replan: { type: DataTypes.BOOLEAN, allowNull: false },
        leaseUntil: { type: DataTypes.DATE(6) },
        sentAt: { type: DataTypes.DATE(6) },
        answeredAt: { type: DataTypes.DATE(6) },
        answer: { type: DataTypes.JSONB },
        cause: { type: DataTypes.JSONB, allowNull: false },
        runId: {
          type: DataTypes.BIGINT,
          references: { model: 'sync_runs', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        decisionId: {
          type: DataTypes.UUID,
          references: { model: 'decisions', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        undoId: {
          type: DataTypes.UUID,
          references: { model: 'undos', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        claim: { type: DataTypes.INTEGER, allowNull: false },
        auditedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'ledger', modelName: 'ledger' },
    );
  }
}
