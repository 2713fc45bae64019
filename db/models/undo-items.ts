import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `undo_items`. */
export class UndoItemRow extends Model<InferAttributes<UndoItemRow>, InferCreationAttributes<UndoItemRow>> {
  declare undoId: string;
  declare bridgeId: string;
  declare leadEntryId: string;
  declare state: CreationOptional<string>;
  declare action: string | null;
  declare fields: CreationOptional<object>;
  declare remaining: CreationOptional<object>;
  declare attempts: CreationOptional<number>;

  static define(db: Sequelize): void {
    UndoItemRow.init(
      {
        undoId: {
          type: DataTypes.UUID,
          primaryKey: true,
          allowNull: false,
          references: { model: 'undos', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        bridgeId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        leadEntryId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        state: { type: DataTypes.TEXT, allowNull: false },
        action: { type: DataTypes.TEXT },
        fields: { type: DataTypes.JSONB, allowNull: false },
        remaining: { type: DataTypes.JSONB, allowNull: false },
        attempts: { type: DataTypes.INTEGER, allowNull: false },
      },
      { sequelize: db, tableName: 'undo_items', modelName: 'undo_items' },
    );
  }
}
