import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `customer_mappings`. */
export class CustomerMappingRow extends Model<
  InferAttributes<CustomerMappingRow>,
  InferCreationAttributes<CustomerMappingRow>
> {
  declare bridgeId: string;
  declare sourceId: string;
  declare targetId: string | null;
  declare ignored: CreationOptional<boolean>;
  declare decidedBy: string;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    CustomerMappingRow.init(
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
      { sequelize: db, tableName: 'customer_mappings', modelName: 'customer_mappings' },
    );
  }
}
