import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `tickets`. */
export class TicketRow extends Model<InferAttributes<TicketRow>, InferCreationAttributes<TicketRow>> {
  declare connectorId: string;
  declare ticketId: string;
  declare number: string;
  declare title: string;
  declare organizationId: string | null;
  declare organizationName: string | null;
  declare customerId: string | null;
  declare customerName: string | null;
  declare groupId: string | null;
  declare merged: CreationOptional<boolean>;
  declare mergedInto: string | null;
  declare unitSum: string | null;
  declare articleCount: number | null;
  declare sourceUpdatedAt: Date;
  declare readAt: Date;
  declare deletedAt: Date | null;

  static define(db: Sequelize): void {
    TicketRow.init(
      {
        connectorId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        ticketId: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        number: { type: DataTypes.TEXT, allowNull: false },
        title: { type: DataTypes.TEXT, allowNull: false },
        organizationId: { type: DataTypes.TEXT },
        organizationName: { type: DataTypes.TEXT },
        customerId: { type: DataTypes.TEXT },
        customerName: { type: DataTypes.TEXT },
        groupId: { type: DataTypes.TEXT },
        merged: { type: DataTypes.BOOLEAN, allowNull: false },
        mergedInto: { type: DataTypes.TEXT },
        unitSum: { type: DataTypes.TEXT },
        articleCount: { type: DataTypes.INTEGER },
        sourceUpdatedAt: { type: DataTypes.DATE(6), allowNull: false },
        readAt: { type: DataTypes.DATE(6), allowNull: false },
        deletedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'tickets', modelName: 'tickets' },
    );
  }
}
