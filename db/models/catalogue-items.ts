import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `catalogue_items`. */
export class CatalogueItemRow extends Model<
  InferAttributes<CatalogueItemRow>,
  InferCreationAttributes<CatalogueItemRow>
> {
  declare connectorId: string;
  declare kind: string;
  declare externalId: string;
  declare name: string;
  declare parentId: string | null;
  declare number: string | null;
  declare orderNumber: string | null;
  declare currency: string | null;
  declare email: string | null;
  declare active: boolean;
  declare readAt: Date;

  static define(db: Sequelize): void {
    CatalogueItemRow.init(
      {
        connectorId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        kind: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        externalId: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
        parentId: { type: DataTypes.TEXT },
        number: { type: DataTypes.TEXT },
        orderNumber: { type: DataTypes.TEXT },
        currency: { type: DataTypes.TEXT },
        email: { type: DataTypes.TEXT },
        active: { type: DataTypes.BOOLEAN, allowNull: false },
        readAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'catalogue_items', modelName: 'catalogue_items' },
    );
  }
}
