import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `undos`. */
export class UndoRow extends Model<InferAttributes<UndoRow>, InferCreationAttributes<UndoRow>> {
  declare id: string;
  declare kind: string;
  declare subjectId: string;
  declare actorId: string;
  declare actorName: string;
  declare state: string;
  declare createdAt: CreationOptional<Date>;
  declare finishedAt: Date | null;

  static define(db: Sequelize): void {
    UndoRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        subjectId: { type: DataTypes.TEXT, allowNull: false },
        actorId: { type: DataTypes.TEXT, allowNull: false },
        actorName: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        finishedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'undos', modelName: 'undos' },
    );
  }
}
