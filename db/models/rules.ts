import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `rules`. */
export class RuleRow extends Model<InferAttributes<RuleRow>, InferCreationAttributes<RuleRow>> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare position: number;
  declare name: string;
  declare condition: object;
  declare choice: string;
  declare enabled: CreationOptional<boolean>;
  declare revision: CreationOptional<number>;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    RuleRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        bridgeId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        position: { type: DataTypes.INTEGER, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
        condition: { type: DataTypes.JSONB, allowNull: false },
        choice: { type: DataTypes.TEXT, allowNull: false },
        enabled: { type: DataTypes.BOOLEAN, allowNull: false },
        revision: { type: DataTypes.INTEGER, allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'rules', modelName: 'rules' },
    );
  }
}
