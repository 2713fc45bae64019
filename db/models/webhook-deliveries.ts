import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `webhook_deliveries`. */
export class WebhookDeliveryRow extends Model<
  InferAttributes<WebhookDeliveryRow>,
  InferCreationAttributes<WebhookDeliveryRow>
> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare deliveryId: string;
  declare ticketId: string;
  declare bodyHash: Buffer;
  declare receivedAt: CreationOptional<Date>;
  declare signalledAt: Date | null;

  static define(db: Sequelize): void {
    WebhookDeliveryRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        bridgeId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        deliveryId: { type: DataTypes.TEXT, allowNull: false },
        ticketId: { type: DataTypes.TEXT, allowNull: false },
        bodyHash: { type: DataTypes.BLOB, allowNull: false },
        receivedAt: { type: DataTypes.DATE(6), allowNull: false },
        signalledAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'webhook_deliveries', modelName: 'webhook_deliveries' },
    );
  }
}
