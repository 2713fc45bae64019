import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `user_mappings`. */
export class UserMappingRow extends Model<
  InferAttributes<UserMappingRow>,
  InferCreationAttributes<UserMappingRow>
> {
  declare bridgeId: string;
  declare sourceId: string;
  declare targetId: string | null;
  declare ignored: CreationOptional<boolean>;
  declare decidedBy: string;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    UserMappingRow.init(
      {
        bridgeId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        sourceId: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        targetId: { type: DataTypes.TEXT },
        ignored: { type: DataTypes.BOOLEAN, allowNull: false },
        decidedBy: { type: DataTypes.TEXT, allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'user_mappings', modelName: 'user_mappings' },
    );
  }
}
