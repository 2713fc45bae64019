import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `decisions`. */
export class DecisionRow extends Model<InferAttributes<DecisionRow>, InferCreationAttributes<DecisionRow>> {
  declare id: string;
  declare conflictId: string;
  declare bridgeId: string;
  declare subject: string;
  declare kind: string;
  declare version: string;
  declare choice: string;
  declare parameters: CreationOptional<object>;
  declare note: string | null;
  declare actorKind: string;
  declare actorId: string;
  declare actorName: string;
  declare state: string;
  declare outcome: object | null;
  declare decidedAt: CreationOptional<Date>;
  declare applyAfter: Date;
  declare finishedAt: Date | null;
  declare bulkId: string | null;

  static define(db: Sequelize): void {
    DecisionRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        conflictId: {
          type: DataTypes.BIGINT,
          allowNull: false,
          references: { model: 'conflicts', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        bridgeId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        subject: { type: DataTypes.TEXT, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        version: { type: DataTypes.TEXT, allowNull: false },
        choice: { type: DataTypes.TEXT, allowNull: false },
        parameters: { type: DataTypes.JSONB, allowNull: false },
        note: { type: DataTypes.TEXT },
        actorKind: { type: DataTypes.TEXT, allowNull: false },
        actorId: { type: DataTypes.TEXT, allowNull: false },
        actorName: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        outcome: { type: DataTypes.JSONB },
        decidedAt: { type: DataTypes.DATE(6), allowNull: false },
        applyAfter: { type: DataTypes.DATE(6), allowNull: false },
        finishedAt: { type: DataTypes.DATE(6) },
        bulkId: {
          type: DataTypes.UUID,
          references: { model: 'bulk_decisions', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
      },
      { sequelize: db, tableName: 'decisions', modelName: 'decisions' },
    );
  }
}
