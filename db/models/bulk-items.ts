import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `bulk_items`. */
export class BulkItemRow extends Model<InferAttributes<BulkItemRow>, InferCreationAttributes<BulkItemRow>> {
  declare bulkId: string;
  declare conflictId: string;
  declare position: number;
  declare version: string;
  declare decisionId: string;
  declare state: CreationOptional<string>;
  declare why: object | null;

  static define(db: Sequelize): void {
    BulkItemRow.init(
      {
        bulkId: {
          type: DataTypes.UUID,
          primaryKey: true,
          allowNull: false,
          references: { model: 'bulk_decisions', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        conflictId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'conflicts', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        position: { type: DataTypes.INTEGER, allowNull: false },
        version: { type: DataTypes.TEXT, allowNull: false },
        decisionId: { type: DataTypes.UUID, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        why: { type: DataTypes.JSONB },
      },
      { sequelize: db, tableName: 'bulk_items', modelName: 'bulk_items' },
    );
  }
}
