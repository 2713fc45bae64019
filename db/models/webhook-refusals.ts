import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `webhook_refusals`. */
export class WebhookRefusalRow extends Model<
  InferAttributes<WebhookRefusalRow>,
  InferCreationAttributes<WebhookRefusalRow>
> {
  declare bridgeId: string;
  declare refusedAt: CreationOptional<Date>;
  declare cause: string;

  static define(db: Sequelize): void {
    WebhookRefusalRow.init(
      {
        bridgeId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        refusedAt: { type: DataTypes.DATE(6), allowNull: false },
        cause: { type: DataTypes.TEXT, allowNull: false },
      },
      { sequelize: db, tableName: 'webhook_refusals', modelName: 'webhook_refusals' },
    );
  }
}
