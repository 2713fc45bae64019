import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `cursors`. */
export class CursorRow extends Model<InferAttributes<CursorRow>, InferCreationAttributes<CursorRow>> {
  declare connectorId: string;
  declare name: string;
  declare value: string;
  declare aheadMs: CreationOptional<string | null>;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    CursorRow.init(
      {
        connectorId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        name: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        value: { type: DataTypes.TEXT, allowNull: false },
        aheadMs: { type: DataTypes.BIGINT, allowNull: true },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'cursors', modelName: 'cursors' },
    );
  }
}
