import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of one of the tables of mappings, which have the same columns. */
class MappingRow extends Model<InferAttributes<MappingRow>, InferCreationAttributes<MappingRow>> {
  declare bridgeId: string;
  declare sourceId: string;
  declare targetId: string | null;
  declare ignored: CreationOptional<boolean>;
  declare decidedBy: string;
  declare updatedAt: CreationOptional<Date>;

  protected static readonly table: string;

  static define(db: Sequelize): void {
    this.init(
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
      { sequelize: db, tableName: this.table, modelName: this.table },
    );
  }
}

export class ActivityMappingRow extends MappingRow {
  protected static override readonly table = 'activity_mappings';
}

export class CustomerMappingRow extends MappingRow {
  protected static override readonly table = 'customer_mappings';
}

export class UserMappingRow extends MappingRow {
  protected static override readonly table = 'user_mappings';
}
