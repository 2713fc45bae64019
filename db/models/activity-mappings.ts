import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `activity_mappings`. */
export class ActivityMappingRow extends Model<
  InferAttributes<ActivityMappingRow>,
  InferCreationAttributes<ActivityMappingRow>
> {
  declare bridgeId: string;
  declare sourceId: string;
  declare targetId: string | null;
  declare ignored: CreationOptional<boolean>;
  declare decidedBy: string;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    ActivityMappingRow.init(
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
      { sequelize: db, tableName: 'activity_mappings', modelName: 'activity_mappings' },
    );
  }
}
