import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `link_changes`. */
export class LinkChangeRow extends Model<
  InferAttributes<LinkChangeRow>,
  InferCreationAttributes<LinkChangeRow>
> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare leadEntryId: string;
  declare kind: string;
  declare ledgerId: string | null;
  declare runId: string | null;
  declare decisionId: string | null;
  declare cause: object;
  declare before: object | null;
  declare undoId: string | null;
  declare createdAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    LinkChangeRow.init(
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
        leadEntryId: {
          type: DataTypes.BIGINT,
          allowNull: false,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        kind: { type: DataTypes.TEXT, allowNull: false },
        ledgerId: {
          type: DataTypes.BIGINT,
          references: { model: 'ledger', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
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
        cause: { type: DataTypes.JSONB, allowNull: false },
        before: { type: DataTypes.JSONB },
        undoId: {
          type: DataTypes.UUID,
          references: { model: 'undos', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'link_changes', modelName: 'link_changes' },
    );
  }
}
