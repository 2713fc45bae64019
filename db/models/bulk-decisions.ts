import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `bulk_decisions`. */
export class BulkDecisionRow extends Model<
  InferAttributes<BulkDecisionRow>,
  InferCreationAttributes<BulkDecisionRow>
> {
  declare id: string;
  declare choice: string;
  declare note: string | null;
  declare actorId: string;
  declare actorName: string;
  declare state: string;
  declare itemCount: number;
  declare createdAt: CreationOptional<Date>;
  declare applyAfter: Date | null;
  declare finishedAt: Date | null;

  static define(db: Sequelize): void {
    BulkDecisionRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        choice: { type: DataTypes.TEXT, allowNull: false },
        note: { type: DataTypes.TEXT },
        actorId: { type: DataTypes.TEXT, allowNull: false },
        actorName: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        itemCount: { type: DataTypes.INTEGER, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        applyAfter: { type: DataTypes.DATE(6) },
        finishedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'bulk_decisions', modelName: 'bulk_decisions' },
    );
  }
}
